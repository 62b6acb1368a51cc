import { describe, expect, test } from 'vitest';
import { auditPods } from '../../src/diagnose/audit-pods.ts';
import { readInjectionWebhooks } from '../../src/diagnose/injection-webhooks.ts';
import { offlinePolicy } from '../../src/inject/decide/decide.ts';
import type { JsonObject } from '../../src/json.ts';

const status = (revision: string) => ({
  'sidecar.istio.io/status': JSON.stringify({ containers: ['istio-proxy'], revision }),
});

function webhook(name: string, revision: string, key: string, value: string): JsonObject {
  return {
    metadata: { name, labels: { 'istio.io/rev': revision } },
    webhooks: [
      {
        name: 'namespace.sidecar-injector.istio.io',
        clientConfig: { service: { name: 'outrigger', namespace: 'mesh' } },
        namespaceSelector: { matchExpressions: [{ key, operator: 'In', values: [value] }] },
        objectSelector: {
          matchExpressions: [
            { key: 'sidecar.istio.io/inject', operator: 'NotIn', values: ['false'] },
          ],
        },
      },
      { name: 'somebody.else.example', clientConfig: { url: 'https://x' } },
    ],
  };
}

function pod(name: string, metadata: JsonObject = {}, rest: JsonObject = {}): JsonObject {
  return { metadata: { name, namespace: 'shop', ...metadata }, spec: { containers: [] }, ...rest };
}

function audit(pods: JsonObject[], configurations = [ours]) {
  return auditPods({
    pods,
    namespaces: new Map([
      ['shop', { labels: { 'istio-injection': 'enabled' } }],
      ['quiet', { labels: {} }],
    ]),
    webhooks: readInjectionWebhooks(configurations),
    policy: offlinePolicy,
  }).map(({ pod, problem }) => [pod, problem]);
}

const ours = webhook('ours', 'default', 'istio-injection', 'enabled');

describe('an audit', () => {
  test('finds pods that should have a sidecar and have none', () => {
    const containers = [{ name: 'istio-proxy' }];
    expect(
      audit([
        pod('bare'),
        pod('injected', { annotations: status('default') }),
        pod('by-hand', {}, { spec: { containers } }),
      ]),
    ).toEqual([['bare', 'no-sidecar']]);
  });

  test('leaves alone what nobody asked for, what objects, what cannot have one, and what has ended', () => {
    expect(
      audit([
        pod('elsewhere', { namespace: 'quiet' }),
        pod('objects', { labels: { 'sidecar.istio.io/inject': 'false' } }),
        pod('objects-by-annotation', { annotations: { 'sidecar.istio.io/inject': 'false' } }),
        pod('host', {}, { spec: { hostNetwork: true } }),
        pod('ended', {}, { status: { phase: 'Succeeded' } }),
      ]),
    ).toEqual([]);
  });

  test('finds sidecars of a revision that is not in charge any more', () => {
    expect(audit([pod('old', { annotations: status('1-20') })])).toEqual([
      ['old', 'other-revision'],
    ]);
  });

  test('finds pods that two configurations would inject', () => {
    const theirs = webhook('theirs', 'default', 'istio-injection', 'enabled');
    expect(audit([pod('twice', { annotations: status('default') })], [ours, theirs])).toEqual([
      ['twice', 'several-webhooks'],
    ]);
  });
});
