import { describe, expect, test } from 'vitest';
import { auditPods, podsToInject } from '../../src/diagnose/audit-pods.ts';
import { readInjectionWebhooks } from '../../src/diagnose/injection-webhooks.ts';
import { stampsInForce } from '../../src/diagnose/stamps-in-force.ts';
import { offlinePolicy } from '../../src/inject/decide/decide.ts';
import type { JsonObject } from '../../src/json.ts';
import type { ApiServer } from '../../src/kube/api-server.ts';

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

function concerned(pods: JsonObject[], configurations = [ours]) {
  return podsToInject({
    pods,
    namespaces: new Map([
      ['shop', { labels: { 'istio-injection': 'enabled' } }],
      ['quiet', { labels: {} }],
    ]),
    webhooks: readInjectionWebhooks(configurations),
    policy: offlinePolicy,
  });
}

function audit(pods: JsonObject[], configurations = [ours]) {
  const { findings } = auditPods(concerned(pods, configurations), new Map());
  return findings.map(({ pod, problem }) => [pod, problem]);
}

function stamped(name: string, stamp: string): JsonObject {
  return pod(name, { annotations: { ...status('default'), 'outrigger/configuration': stamp } });
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

  test('finds sidecars of another configuration, where pods tell theirs', () => {
    const pods = concerned([
      stamped('new', 'b'),
      stamped('old', 'a'),
      pod('silent', { annotations: status('default') }),
    ]);
    expect(auditPods(pods, new Map([['ours', 'b']]))).toMatchObject({
      findings: [
        {
          pod: 'old',
          problem: 'other-configuration',
          detail: 'injected with configuration a, b is in force now',
        },
      ],
      uncompared: 1,
    });
    expect(auditPods(pods, new Map())).toEqual({ findings: [], uncompared: 3 });
  });
});

describe('the configuration in force', () => {
  test('is found out by trying a pod for every webhook whose pods tell theirs', async () => {
    const tried: JsonObject[] = [];
    const api = apiThat((body) => {
      tried.push(body);
      return { metadata: { annotations: { 'outrigger/configuration': 'b' } } };
    });
    const wish = { 'sidecar.istio.io/inject': 'true' };
    const wishing = stamped('one', 'a');
    Object.assign(wishing['metadata'] as JsonObject, { labels: { ...wish, app: 'web' } });
    const pods = concerned([pod('bare'), wishing, stamped('two', 'a')]);
    expect(await stampsInForce(api, pods)).toEqual({
      stamps: new Map([['ours', 'b']]),
      troubles: [],
    });
    expect(tried).toMatchObject([{ metadata: { namespace: 'shop', labels: wish } }]);
    expect(JSON.stringify(tried)).not.toContain('web');
  });

  test('is not known, and nothing is tried, where no pod tells', async () => {
    const api = apiThat(() => {
      throw new Error('nobody should ask');
    });
    expect(await stampsInForce(api, concerned([pod('bare')]))).toEqual({
      stamps: new Map(),
      troubles: [],
    });
  });

  test('is not known when the pod is refused, or comes back without a mark', async () => {
    for (const [answer, trouble] of [
      [() => ({}), 'no mark'],
      [() => Promise.reject(new Error('forbidden')), 'forbidden'],
    ] as const) {
      const { stamps, troubles } = await stampsInForce(
        apiThat(answer),
        concerned([stamped('one', 'a')]),
      );
      expect(stamps.size).toBe(0);
      expect(troubles).toEqual([expect.stringContaining(trouble)]);
    }
  });
});

function apiThat(answer: (body: JsonObject) => JsonObject | Promise<JsonObject>): ApiServer {
  return {
    url: '',
    async request({ method, query, body }) {
      expect({ method, query }).toEqual({ method: 'POST', query: { dryRun: 'All' } });
      return answer(body as JsonObject);
    },
    async *stream() {},
    close() {},
  };
}
