import { describe, expect, it } from 'vitest';
import { createInjector } from '../../src/inject/injector.ts';
import { injectObject } from '../../src/inject/workload/inject-object.ts';
import type { JsonObject } from '../../src/json.ts';
import { configuration } from './configuration.ts';

const inject = 'sidecar.istio.io/inject';
const containers = [{ name: 'app', image: 'app' }];

function notices(metadata: JsonObject, template: JsonObject, over: JsonObject = {}) {
  const object = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', ...metadata },
    spec: { template: { spec: { containers }, ...template } },
    ...over,
  };
  const [only] = injectObject(createInjector(configuration(), 'offline'), object).workloads;
  const result = only?.result;
  return result?.outcome === 'injected' || result?.outcome === 'skipped' ? result.notices : [];
}

describe('labels and annotations on a workload itself', () => {
  it('are told when they only count on its pods', () => {
    const found = notices(
      {
        labels: { [inject]: 'false', app: 'web' },
        annotations: { 'proxy.istio.io/config': '{}', 'prometheus.io/port': '80' },
      },
      {},
    );
    expect(found.map(({ code, path }) => [code, path])).toEqual([
      ['label-on-workload', ['metadata', 'labels', inject]],
      ['annotation-on-workload', ['metadata', 'annotations', 'proxy.istio.io/config']],
    ]);
    expect(found[0]?.message).toContain('is on the Deployment itself');
    expect(found[0]?.message).toContain('it belongs in spec.template.metadata');
  });

  it('are fine when the pod template has them, too', () => {
    const labels = { [inject]: 'false' };
    expect(notices({ labels }, { metadata: { labels } })).toEqual([]);
  });

  it('are the pod’s own on a Pod', () => {
    const metadata = { name: 'web', labels: { [inject]: 'true' } };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers } };
    expect(notices({}, {}, pod)).toEqual([]);
  });
});

it('notices about a pod template are placed in the object', () => {
  const labels = { [inject]: 'perhaps' };
  const [notice] = notices({}, { metadata: { labels } });
  expect(notice?.path).toEqual(['spec', 'template', 'metadata', 'labels', inject]);
});

it('Knative’s own rules are told of', () => {
  const found = notices({}, {}, { apiVersion: 'serving.knative.dev/v1', kind: 'Service' });
  expect(found.map(({ code }) => code)).toEqual(['knative-refuses-sidecar']);
});
