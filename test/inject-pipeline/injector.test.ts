import jsonPatch from 'fast-json-patch';
import { describe, expect, it } from 'vitest';
import type { GoPointer, GoStruct } from '../../src/gotemplate/index.ts';
import { createInjector } from '../../src/inject/injector.ts';
import type { InjectRequest, InjectResult } from '../../src/inject/types.ts';
import type { JsonObject } from '../../src/json.ts';
import {
  indexProxyConfigResources,
  type ProxyConfig,
  readProxyConfigResource,
} from '../../src/mesh/index.ts';
import { configuration } from './configuration.ts';

const app: JsonObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p' },
  spec: { containers: [{ name: 'app', image: 'a' }] },
};

const annotated = (annotations: { [name: string]: string }): JsonObject => ({
  ...app,
  metadata: { name: 'p', annotations },
});

function inject(
  pod: JsonObject,
  over: Parameters<typeof configuration>[0] = {},
  request: Partial<InjectRequest> = {},
  mode: 'webhook' | 'offline' = 'webhook',
): InjectResult {
  return createInjector(configuration(over), mode).inject({ pod, namespace: 'ns', ...request });
}

/** The pod with the patch applied. */
function injected(...args: Parameters<typeof inject>): JsonObject {
  const result = inject(...args);
  if (result.outcome !== 'injected') throw new Error(JSON.stringify(result));
  return jsonPatch.applyPatch(structuredClone(args[0]), [...result.patch] as never, true)
    .newDocument as JsonObject;
}

function failure(...args: Parameters<typeof inject>) {
  const result = inject(...args);
  return result.outcome === 'failed' ? result.error : undefined;
}

describe('an injected pod', () => {
  it('has everything that the templates and the steps after them add', () => {
    expect(injected(app)).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'p',
        labels: { added: 'label' },
        annotations: {
          added: 'annotation',
          'prometheus.io/path': '/stats/prometheus',
          'prometheus.io/port': '15020',
          'prometheus.io/scrape': 'true',
          'sidecar.istio.io/status':
            '{"initContainers":["istio-init"],"containers":["istio-proxy"],"volumes":["data"],"imagePullSecrets":null,"revision":"default"}',
        },
      },
      spec: {
        initContainers: [
          { name: 'istio-init', image: 'proxy', args: ['istio-iptables', '-u', '1337'] },
        ],
        containers: [
          { name: 'app', image: 'a' },
          expect.objectContaining({
            name: 'istio-proxy',
            ports: [{ containerPort: 15090, name: 'metrics' }],
            resources: { limits: { cpu: '2' } },
          }),
        ],
        securityContext: { fsGroup: 1337 },
        volumes: [{ name: 'data' }],
      },
    });
  });

  it('keeps what no schema knows, and the managed fields of the request', () => {
    const managedFields = [{ manager: 'kubectl', fieldsV1: { 'f:spec': {} } }];
    const pod = {
      ...app,
      future: 1,
      metadata: { name: 'p', managedFields },
      spec: { containers: [{ name: 'app', image: 'a', args: [], future: { x: null } }] },
    };
    const after = injected(pod) as typeof pod;
    expect(after.future).toBe(1);
    expect(after.metadata.managedFields).toEqual(managedFields);
    expect(after.spec.containers[0]).toEqual(pod.spec.containers[0]);
    expect(after.metadata).not.toHaveProperty('namespace');
  });

  it('is told of cluster and network by the path', () => {
    const env = new Map([
      ['ISTIO_META_NETWORK', 'n'],
      ['CUSTOM', 'c'],
    ]);
    const after = injected(app, {}, { env }) as { metadata: JsonObject; spec: JsonObject };
    expect(after.metadata['labels']).toEqual({ added: 'label', 'topology.istio.io/network': 'n' });
    expect(JSON.stringify(after.spec)).toContain(
      '{"name":"CUSTOM","value":"c"},{"name":"ISTIO_META_NETWORK","value":"n"}',
    );
  });

  it('is not the pod that came in, which stays as it is', () => {
    const before = structuredClone(app);
    const freeze = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      Object.freeze(value);
      Object.values(value).forEach(freeze);
    };
    const frozen = structuredClone(app);
    freeze(frozen);
    injected(frozen);
    expect(frozen).toEqual(before);
  });

  it('names its templates once, aliases resolved', () => {
    const result = inject(annotated({ 'inject.istio.io/templates': 'alias, label,alias' }));
    expect(result).toMatchObject({ outcome: 'injected', templates: ['label', 'classic'] });
  });

  it('has its proxy moved when it changes from classic to native', () => {
    const native = { defaultTemplates: ['native'], nativeSidecars: true };
    const again = injected(injected(app), native) as { spec: { initContainers: JsonObject[] } };
    const fresh = injected(app, native) as typeof again;
    const { initContainers, ...rest } = again.spec;
    expect({ ...rest, initContainers: [initContainers[1]] }).toEqual(fresh.spec);
    expect(initContainers[0]?.['name']).toBe('istio-init');
  });

  it('never has two proxies when it changes from native to classic', () => {
    const native = injected(app, { defaultTemplates: ['native'], nativeSidecars: true });
    const again = injected(native) as { spec: JsonObject };
    const fresh = injected(app) as { spec: JsonObject };
    expect(again.spec).toEqual(fresh.spec);
  });

  it('on OpenShift loses the user that was copied onto its own proxy container', () => {
    const pod = (user: number): JsonObject => ({
      metadata: { name: 'p' },
      spec: {
        containers: [
          { name: 'app', securityContext: { runAsUser: 1000 } },
          { name: 'istio-proxy', image: 'auto', securityContext: { runAsUser: user } },
        ],
      },
    });
    const userOf = (user: number, over: Parameters<typeof inject>[1], mode?: 'offline') => {
      const after = injected(pod(user), over, {}, mode) as {
        spec: { containers: { securityContext: JsonObject }[] };
      };
      return after.spec.containers[1]?.securityContext['runAsUser'];
    };
    expect(userOf(1000, { platform: 'openshift' })).toBe(1337);
    expect(userOf(2000, { platform: 'openshift' })).toBe(2000);
    expect(userOf(1000, {})).toBe(1000);
    expect(userOf(1000, { platform: 'openshift' }, 'offline')).toBe(1000);
  });
});

describe('the pod that templates see', () => {
  /** Its `.ObjectMeta`, as the template `classic` gets it. */
  function seen(pod: JsonObject, mode: 'webhook' | 'offline' = 'webhook', namespace = 'ns') {
    let metadata: unknown;
    const execute = (data: unknown) => {
      const struct = (data as GoPointer).target as GoStruct;
      metadata = struct.source['ObjectMeta'];
      return '';
    };
    const templates = new Map([['classic', { execute }]]);
    inject(pod, { templates }, { namespace }, mode);
    return metadata;
  }

  it('is in the request’s namespace when it names none', () => {
    expect(seen({})).toEqual({ namespace: 'ns' });
    expect(seen({ metadata: null })).toEqual({ namespace: 'ns' });
    expect(seen({ metadata: { name: 'p', namespace: '' } })).toEqual({
      name: 'p',
      namespace: 'ns',
    });
    expect(seen({ metadata: { namespace: 'own' } })).toEqual({ namespace: 'own' });
  });

  it('stays without one offline, or when the request has none', () => {
    expect(seen({ metadata: { name: 'p' } }, 'offline')).toEqual({ name: 'p' });
    expect(seen({}, 'offline')).toEqual({});
    expect(seen({ metadata: { name: 'p' } }, 'webhook', '')).toEqual({ name: 'p' });
    expect(seen({}, 'webhook', '')).toEqual({});
  });

  it('comes with the proxy config of its namespace', () => {
    const resource = (namespace: string, concurrency: number) =>
      readProxyConfigResource({
        metadata: { name: 'r', namespace, creationTimestamp: '2026-01-01T00:00:00Z' },
        spec: { concurrency },
      });
    const proxyConfigResources = indexProxyConfigResources([
      resource('ns', 7),
      resource('other', 9),
    ]);
    let concurrency: unknown;
    const execute = (data: unknown) => {
      const struct = (data as GoPointer).target as GoStruct;
      concurrency = (struct.source['ProxyConfig'] as ProxyConfig).concurrency;
      return '';
    };
    inject({}, { proxyConfigResources, templates: new Map([['classic', { execute }]]) });
    expect(concurrency).toBe(7);
  });

  it('has no managed fields', () => {
    const metadata = { name: 'p', managedFields: [{ manager: 'm' }] };
    expect(seen({ metadata }, 'offline')).toEqual({ name: 'p' });
    expect(seen({ metadata })).toEqual({ name: 'p', namespace: 'ns' });
  });
});

describe('a pod that is not injected', () => {
  it('is decided about in normal form, and hints are given', () => {
    const pod = annotated({ 'sidecar.istio.io/inject': 'false' });
    expect(inject(pod)).toMatchObject({
      outcome: 'skipped',
      decision: { inject: false, reason: 'annotation-false' },
    });
    const host = { ...app, spec: { HostNetwork: true } };
    expect(inject(host)).toMatchObject({
      outcome: 'skipped',
      decision: { reason: 'host-network' },
    });
  });

  it('is refused when it cannot be read, wanted or not', () => {
    const pod = { ...app, spec: { hostNetwork: true, containers: [{ name: 5 }] } };
    expect(failure(pod)).toMatchObject({ stage: 'decode', subject: 'spec.containers[0].name' });
  });
});

describe('a refusal', () => {
  it.each<[string, { [name: string]: string }, string, string]>([
    [
      'an annotation that is not valid',
      { 'sidecar.istio.io/interceptionMode': 'x' },
      'failed to run injection template: 1 error occurred:',
      'sidecar.istio.io/interceptionMode',
    ],
    [
      'an unknown template',
      { 'inject.istio.io/templates': 'nosuch' },
      'failed to run injection template: requested template "nosuch" not found; have app, broken, classic, crash,',
      'nosuch',
    ],
    [
      'a template that fails',
      { 'inject.istio.io/templates': 'crash' },
      'failed to run injection template: template: inject:1:2: executing',
      'crash',
    ],
    [
      'a template that renders to a list',
      { 'inject.istio.io/templates': 'list' },
      'failed to run injection template: failed applying injection overlay: strategic merge: ',
      'list',
    ],
    [
      'a template that renders to no YAML',
      { 'inject.istio.io/templates': 'broken' },
      'failed to run injection template: failed applying injection overlay: strategic merge: invalid JSON document',
      'broken',
    ],
    [
      'a template that renders to the wrong types',
      { 'inject.istio.io/templates': 'typo' },
      'failed to run injection template: failed applying injection overlay: unmarshal patched pod: ',
      'typo',
    ],
    [
      'an unreadable record of overrides',
      { 'proxy.istio.io/overrides': '{bad' },
      'failed to run injection template: invalid annotation proxy.istio.io/overrides',
      'proxy.istio.io/overrides',
    ],
    [
      'a record of injection that upstream crashes on',
      { 'sidecar.istio.io/status': '{"containers":[1]}' },
      'failed to re apply container: ',
      'sidecar.istio.io/status',
    ],
    [
      'a port that cannot be scraped',
      { 'prometheus.io/port': '15090' },
      'failed to process pod: invalid prometheus scrape configuration: port 15090',
      'prometheus.io/port',
    ],
  ])('for %s names stage and subject', (_, annotations, message, subject) => {
    const error = failure(annotated(annotations));
    expect(error?.message).toContain(message);
    expect(error?.message.indexOf(message)).toBe(0);
    expect(error?.subject).toBe(subject);
  });
});

describe('offline', () => {
  it('reads scalars of any type where text is wanted, and leaves them as they were typed', () => {
    const pod: JsonObject = {
      metadata: { labels: { version: 1, on: true }, annotations: { a: 1.5 } },
      spec: { containers: [{ name: 'app', env: [{ name: 'N', value: 8080 }] }] },
    };
    expect(failure(pod)?.stage).toBe('decode');
    const after = injected(pod, {}, {}, 'offline') as typeof pod;
    expect(after).toMatchObject({
      metadata: { labels: { version: 1, on: true, added: 'label' }, annotations: { a: 1.5 } },
      spec: { containers: [{ name: 'app', env: [{ name: 'N', value: 8080 }] }, {}] },
    });
  });

  it('lets the annotation change the status port everywhere', () => {
    const pod = annotated({ 'proxy.istio.io/config': 'statusPort: 16000' });
    const portIn = (mode: 'webhook' | 'offline') => {
      const { metadata } = injected(pod, {}, {}, mode) as { metadata: { annotations: JsonObject } };
      return metadata.annotations['prometheus.io/port'];
    };
    expect(portIn('webhook')).toBe('15020');
    expect(portIn('offline')).toBe('16000');
  });

  it('also leaves pods alone whose workload is in a namespace that is never injected', () => {
    expect(inject(app, {}, { namespace: 'kube-system' }, 'offline').outcome).toBe('skipped');
  });
});
