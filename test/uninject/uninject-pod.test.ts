import jsonPatch from 'fast-json-patch';
import { describe, expect, it } from 'vitest';
import { compileTemplates } from '../../src/inject/config/compile-templates.ts';
import type { InjectionConfiguration } from '../../src/inject/config/injection-configuration.ts';
import { createTemplateFunctions } from '../../src/inject/functions/index.ts';
import { createInjector } from '../../src/inject/injector.ts';
import { builtInKinds } from '../../src/inject/workload/workload-kinds.ts';
import type { JsonObject } from '../../src/json.ts';
import { stampConfiguration } from '../../src/serving/stamp-configuration.ts';
import { uninjectObject } from '../../src/uninject/uninject-object.ts';
import { uninjectPod } from '../../src/uninject/uninject-pod.ts';
import { configuration } from '../inject-pipeline/configuration.ts';

const app = { name: 'app', image: 'app:1' };

function patched(object: JsonObject, patch: readonly object[]): JsonObject {
  return jsonPatch.applyPatch(structuredClone(object), structuredClone(patch) as never, true)
    .newDocument as JsonObject;
}

/** What a pod is after injection and its opposite, and what is said about it. */
function thereAndBack(
  pod: JsonObject,
  settings: InjectionConfiguration = configuration(),
): { back: JsonObject; codes: string[] } {
  const first = createInjector(settings, 'offline').inject({ pod, namespace: '' });
  if (first.outcome !== 'injected') throw new Error(JSON.stringify(first));
  const injected = patched(pod, first.patch);
  const result = uninjectPod({ pod: injected, namespace: '' }, settings);
  if (result.outcome !== 'uninjected') throw new Error(JSON.stringify(result));
  return {
    back: patched(injected, result.patch),
    codes: result.notices.map(({ code }) => code),
  };
}

/** A configuration whose only template is this text. */
function withTemplate(text: string, over: Partial<InjectionConfiguration> = {}) {
  return configuration({
    defaultTemplates: ['own'],
    templates: new Map([['own', { execute: () => text }]]),
    ...over,
  });
}

describe('what comes back', () => {
  it('is without the mark of the configuration it was injected with', () => {
    const settings = stampConfiguration(configuration());
    const pod = { metadata: {}, spec: { containers: [app] } };
    const first = createInjector(settings, 'offline').inject({ pod, namespace: '' });
    if (first.outcome !== 'injected') throw new Error(JSON.stringify(first));
    const injected = patched(pod, first.patch);
    expect(JSON.stringify(injected)).toContain('outrigger/configuration');
    const result = uninjectPod({ pod: injected, namespace: '' }, configuration());
    if (result.outcome !== 'uninjected') throw new Error(JSON.stringify(result));
    expect(JSON.stringify(patched(injected, result.patch))).not.toContain('outrigger/');
  });

  it.each<[string, JsonObject]>([
    ['a bare pod', { spec: { containers: [app] } }],
    [
      'labels and annotations',
      {
        metadata: { labels: { app: 'a' }, annotations: { note: 'b' } },
        spec: { containers: [app] },
      },
    ],
    [
      'an HTTP probe',
      {
        spec: {
          containers: [
            {
              ...app,
              readinessProbe: {
                httpGet: { path: '/a?b&c', port: 8080, scheme: 'HTTPS', host: 'h' },
                timeoutSeconds: 3,
                periodSeconds: 4,
              },
            },
          ],
        },
      },
    ],
    [
      'other handlers',
      {
        spec: {
          containers: [
            {
              ...app,
              livenessProbe: { tcpSocket: { port: 1, host: 'h' } },
              startupProbe: { grpc: { port: 2, service: 's' } },
              lifecycle: { preStop: { httpGet: { port: 3 } }, postStart: { exec: {} } },
            },
          ],
        },
      },
    ],
    [
      'Prometheus’ annotations',
      {
        metadata: {
          annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9' },
        },
        spec: { containers: [app] },
      },
    ],
    [
      'those that keep Prometheus away',
      {
        metadata: { annotations: { 'prometheus.io/scrape': 'false' } },
        spec: { containers: [app] },
      },
    ],
    [
      'unknown members',
      { spec: { containers: [{ ...app, future: [1] }], another: { a: null } }, status: {} },
    ],
    [
      'a proxy of the user’s own',
      { spec: { containers: [{ name: 'istio-proxy', image: 'auto', args: ['-v'] }] } },
    ],
  ])('%s', (_, pod) => {
    expect(thereAndBack(pod)).toEqual({ back: pod, codes: [] });
  });

  it('a port by its name when it is that of the agent', () => {
    const ports = [{ name: 'http', containerPort: 15020 }];
    const livenessProbe = { httpGet: { path: '/', port: 'http' } };
    const pod = { spec: { containers: [{ ...app, ports, livenessProbe }] } };
    expect(thereAndBack(pod)).toEqual({ back: pod, codes: [] });
  });

  it('a proxy of the user’s own that became a native sidecar', () => {
    const settings = configuration({ defaultTemplates: ['native'], nativeSidecars: true });
    const pod = { spec: { containers: [app, { name: 'istio-proxy', image: 'my:1' }] } };
    expect(thereAndBack(pod, settings)).toEqual({
      back: pod,
      codes: ['container-list-unknown', 'container-place-unknown'],
    });
  });

  it('pull secrets that a template also names', () => {
    const settings = withTemplate('spec: {imagePullSecrets: [{name: c}, {name: b}]}');
    const pod = { spec: { containers: [app], imagePullSecrets: [{ name: 'a' }, { name: 'b' }] } };
    expect(thereAndBack(pod, settings)).toEqual({ back: pod, codes: ['merged-with-injected'] });
    const other = { spec: { containers: [app], imagePullSecrets: [{ name: 'a' }] } };
    expect(thereAndBack(other, settings)).toEqual({ back: other, codes: [] });
  });

  it('a list in an annotation that a template adds to', () => {
    const name = 'k8s.v1.cni.cncf.io/networks';
    const text = `metadata: {annotations: {${name}: '{{ appendMultusNetwork (index .ObjectMeta.Annotations "${name}") "default/istio-cni" }}'}}`;
    const settings = configuration({
      defaultTemplates: ['own'],
      templates: compileTemplates(
        { templates: new Map([['own', text]]) },
        createTemplateFunctions({ env: new Map() }),
      ),
    });
    for (const networks of ['a', 'a, b', '[{"name": "a"}]', '[{"name":"a,b"}, {"name": "c"}]']) {
      const pod = {
        metadata: { annotations: { [name]: networks } },
        spec: { containers: [app] },
      };
      expect(thereAndBack(pod, settings)).toEqual({ back: pod, codes: [] });
    }
  });

  it('members of the spec, unless a template writes over them', () => {
    const settings = withTemplate(
      'spec: {securityContext: {fsGroup: 7}, dnsConfig: {searches: [x]}}',
    );
    const pod = {
      spec: { containers: [app], securityContext: { runAsUser: 5 }, dnsPolicy: 'Default' },
    };
    expect(thereAndBack(pod, settings)).toEqual({ back: pod, codes: [] });
  });
});

describe('what cannot be known is told', () => {
  it('a port’s name', () => {
    const ports = [{ name: 'http', containerPort: 80 }];
    const livenessProbe = { httpGet: { path: '/', port: 'http' } };
    const { back, codes } = thereAndBack({
      spec: { containers: [{ ...app, ports, livenessProbe }] },
    });
    expect(codes).toEqual(['probe-port-name-unknown']);
    expect(JSON.stringify(back)).toContain('{"path":"/","port":80}');
  });

  it('a probe that Kubernetes could not have called', () => {
    const livenessProbe = { httpGet: { path: '/', port: 'nowhere' } };
    const { codes } = thereAndBack({ spec: { containers: [{ ...app, livenessProbe }] } });
    expect(codes).toEqual(['probe-not-recorded']);
  });

  it('the place of a proxy of the user’s own', () => {
    const { back, codes } = thereAndBack({
      spec: { containers: [{ name: 'istio-proxy', image: 'my:1' }, app] },
    });
    expect(codes).toEqual(['container-place-unknown']);
    expect(back).toEqual({
      spec: { containers: [app, { name: 'istio-proxy', image: 'my:1' }] },
    });
  });

  it('what another configuration would have added', () => {
    const pod = { spec: { containers: [app] } };
    const first = createInjector(configuration(), 'offline').inject({ pod, namespace: '' });
    if (first.outcome !== 'injected') throw new Error('not injected');
    const injected = patched(pod, first.patch);
    const other = withTemplate('metadata: {labels: {added: other}}');
    const result = uninjectPod({ pod: injected, namespace: '' }, other);
    expect(result).toMatchObject({ notices: [{ code: 'perhaps-injected' }] });
    if (result.outcome !== 'uninjected') throw new Error('still injected');
    expect(patched(injected, result.patch)).toEqual({
      metadata: { labels: { added: 'label' }, annotations: { added: 'annotation' } },
      spec: { containers: [app], securityContext: { fsGroup: 1337 } },
    });
    const broken = uninjectPod({ pod: injected, namespace: '' }, withTemplate('[]'));
    expect(broken).toMatchObject({ notices: [{ code: 'configuration-does-not-fit' }] });
  });

  it('a volume that somebody else mounts', () => {
    const volumeMounts = [{ name: 'data', mountPath: '/d' }];
    const { codes } = thereAndBack({ spec: { containers: [{ ...app, volumeMounts }] } });
    expect(codes).toEqual(['volume-in-use']);
  });

  it('annotations for Prometheus that somebody changed', () => {
    const annotations = { 'prometheus.io/port': '9' };
    const pod = { metadata: { annotations }, spec: { containers: [app] } };
    const first = createInjector(configuration(), 'offline').inject({ pod, namespace: '' });
    if (first.outcome !== 'injected') throw new Error('not injected');
    const injected = patched(pod, first.patch);
    Object.assign((injected['metadata'] as { annotations: JsonObject }).annotations, {
      'prometheus.io/path': '/elsewhere',
    });
    expect(uninjectPod({ pod: injected, namespace: '' }, configuration())).toMatchObject({
      notices: [{ code: 'scrape-not-restored' }],
    });
  });

  it('a network of Istio that the configuration at hand does not add', () => {
    const annotations = { 'k8s.v1.cni.cncf.io/networks': 'mine, default/istio-cni' };
    expect(thereAndBack({ metadata: { annotations }, spec: { containers: [app] } }).codes).toEqual([
      'perhaps-injected',
    ]);
  });

  it('where the network came from', () => {
    const metadata = { labels: { 'topology.istio.io/network': 'n' } };
    expect(thereAndBack({ metadata, spec: { containers: [app] } }).codes).toEqual([
      'network-unknown',
    ]);
  });
});

describe('a pod without a usable record', () => {
  const uninject = (annotations: JsonObject, name = 'app') =>
    uninjectPod(
      { pod: { metadata: { annotations }, spec: { containers: [{ name }] } }, namespace: '' },
      configuration(),
    );

  it('is left alone', () => {
    expect(uninject({})).toEqual({ outcome: 'not injected', notices: [] });
    expect(uninject({}, 'istio-proxy')).toMatchObject({
      outcome: 'not injected',
      notices: [{ code: 'sidecar-without-record' }],
    });
  });

  it.each([
    ['sidecar.istio.io/status', 'nonsense'],
    ['sidecar.istio.io/status', '[]'],
    ['sidecar.istio.io/status', '{"containers":[1]}'],
    ['proxy.istio.io/overrides', '{'],
  ])('is refused when %s is %s', (name, text) => {
    const result = uninject({ 'sidecar.istio.io/status': '{}', [name]: text });
    expect(result).toMatchObject({ outcome: 'failed', error: { subject: name } });
  });
});

it('every template of an object is looked at, and patches start at the object', () => {
  const settings = configuration();
  const template = { metadata: { labels: { app: 'a' } }, spec: { containers: [app] } };
  const first = createInjector(settings, 'offline').inject({ pod: template, namespace: '' });
  if (first.outcome !== 'injected') throw new Error('not injected');
  const object = (one: JsonObject): JsonObject => ({
    apiVersion: 'v1',
    kind: 'List',
    items: [
      { apiVersion: 'v1', kind: 'Service' },
      { apiVersion: 'batch/v1', kind: 'Job', spec: { template: one } },
      { apiVersion: 'apps/v1', kind: 'Deployment', spec: {} },
    ],
  });
  const injected = object(patched(template, first.patch));
  const { patch, workloads } = uninjectObject(injected, builtInKinds, settings);
  expect(workloads.map(({ pointer }) => pointer)).toEqual(['/items/1']);
  expect(patched(injected, patch)).toEqual(object(template));
});
