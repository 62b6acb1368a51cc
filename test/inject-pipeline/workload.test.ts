import { describe, expect, it } from 'vitest';
import type { InjectRequest, InjectResult } from '../../src/inject/types.ts';
import { injectObject } from '../../src/inject/workload/inject-object.ts';
import { builtInKinds, extendKinds } from '../../src/inject/workload/workload-kinds.ts';
import type { JsonObject } from '../../src/json.ts';
import { fakeInjector } from './fake-injector.ts';

const spec = { containers: [{ name: 'app' }] };
const template = { metadata: { labels: { app: 'a' } }, spec };

const patchAdd = [{ op: 'add', path: '/metadata/x', value: 1 }] as const;

const workload = (
  apiVersion: string,
  kind: string,
  body: JsonObject = { template },
): JsonObject => ({
  apiVersion,
  kind,
  metadata: { name: 'w', namespace: 'shop' },
  spec: body,
});

describe('what templates say about a whole pod', () => {
  const patch = [
    { op: 'add', path: '/apiVersion', value: 'v1' },
    { op: 'add', path: '/kind', value: 'Pod' },
    { op: 'add', path: '/metadata', value: { labels: { a: 'b' } } },
    { op: 'add', path: '/status', value: { phase: 'Running' } },
  ] as const;

  it.each([
    [workload('apps/v1', 'Deployment', { template: { spec } }), '/spec/template/metadata'],
    [{ apiVersion: 'v1', kind: 'Pod', spec }, '/metadata'],
  ])('stays out of %j', (object, path) => {
    const { patch: moved } = injectObject(fakeInjector(patch), object);
    expect(moved).toEqual([{ op: 'add', path, value: { labels: { a: 'b' } } }]);
  });
});

describe('the pod that stands for a workload', () => {
  it.each([
    ['apps/v1', 'Deployment'],
    ['apps/v1beta1', 'StatefulSet'],
    ['extensions/v1beta1', 'DaemonSet'],
    ['apps/v1', 'ReplicaSet'],
    ['batch/v1', 'Job'],
    ['v1', 'ReplicationController'],
    ['apps.openshift.io/v1', 'DeploymentConfig'],
    ['v1', 'DeploymentConfig'],
  ])('is the template of a %s %s, owned by it', (apiVersion, kind) => {
    const injector = fakeInjector();
    injectObject(injector, workload(apiVersion, kind));
    expect(injector.asked).toEqual([
      {
        pod: template,
        namespace: 'shop',
        owner: { apiVersion, kind, name: 'w', namespace: 'shop' },
      },
    ]);
  });

  it('is a Pod itself, whose owner is found out from it', () => {
    const injector = fakeInjector();
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec, status: { a: 1 } };
    injectObject(injector, pod);
    expect(injector.asked).toEqual([{ pod: { metadata: pod.metadata, spec }, namespace: '' }]);
  });

  it('has the metadata of a CronJob’s job template', () => {
    const injector = fakeInjector();
    const jobTemplate = {
      metadata: { labels: { from: 'job template' } },
      spec: { template: { metadata: { labels: { from: 'pod template' } }, spec } },
    };
    injectObject(injector, workload('batch/v1', 'CronJob', { jobTemplate }));
    expect(injector.asked[0]?.pod).toEqual({ metadata: jobTemplate.metadata, spec });
  });

  it('has no metadata when the template has none', () => {
    const injector = fakeInjector();
    injectObject(injector, workload('apps/v1', 'Deployment', { template: { spec } }));
    expect(injector.asked[0]?.pod).toEqual({ spec });
  });
});

describe('the patch for a workload', () => {
  const patch = [
    { op: 'add', path: '/metadata', value: {} },
    { op: 'replace', path: '/metadata/labels/a~1b', value: '1' },
    { op: 'remove', path: '/spec/containers/0' },
  ] as const;
  const paths = (object: JsonObject, kinds = builtInKinds) =>
    injectObject(fakeInjector(patch), object, kinds).patch.map(({ path }) => path);

  it('starts at its template', () => {
    expect(paths(workload('apps/v1', 'Deployment'))).toEqual([
      '/spec/template/metadata',
      '/spec/template/metadata/labels/a~1b',
      '/spec/template/spec/containers/0',
    ]);
  });

  it('is the pod’s own for a Pod', () => {
    const pod = { apiVersion: 'v1', kind: 'Pod', spec };
    expect(paths(pod)).toEqual(patch.map(({ path }) => path));
  });

  it('splits between job template and pod template for a CronJob', () => {
    const jobTemplate = { spec: { template: { spec } } };
    expect(paths(workload('batch/v1', 'CronJob', { jobTemplate }))).toEqual([
      '/spec/jobTemplate/metadata',
      '/spec/jobTemplate/metadata/labels/a~1b',
      '/spec/jobTemplate/spec/template/spec/containers/0',
    ]);
  });

  it('reaches into Lists, nested ones too, in the order of the text', () => {
    const list = (...items: JsonObject[]): JsonObject => ({
      apiVersion: 'v1',
      kind: 'List',
      items,
    });
    const service = { apiVersion: 'v1', kind: 'Service' };
    const deployment = workload('apps/v1', 'Deployment');
    const object = list(deployment, service, list(workload('batch/v1', 'Job')), deployment);
    const { workloads, others } = injectObject(fakeInjector(), object);
    expect(workloads.map(({ pointer }) => pointer)).toEqual([
      '/items/0',
      '/items/2/items/0',
      '/items/3',
    ]);
    expect(others).toEqual([{ pointer: '/items/1', apiVersion: 'v1', kind: 'Service' }]);
    expect(paths(object)[3]).toBe('/items/2/items/0/spec/template/metadata');
  });

  it('does not mind how deep Lists are nested', () => {
    let object: JsonObject = workload('apps/v1', 'Deployment');
    for (let depth = 0; depth < 20_000; depth++)
      object = { apiVersion: 'v1', kind: 'List', items: [object] };
    expect(injectObject(fakeInjector(), object).workloads).toHaveLength(1);
  });
});

describe('a refusal for a workload', () => {
  const refused = (stage: 'decode' | 'template', subject: string) => {
    const failing = {
      ...fakeInjector(),
      inject: (request: InjectRequest): InjectResult => ({
        outcome: 'failed',
        decision: fakeInjector().decide(request),
        error: { stage, message: 'no', subject },
      }),
    };
    const jobTemplate = { spec: { template: { spec } } };
    const cronJob = workload('batch/v1', 'CronJob', { jobTemplate });
    const result = injectObject(failing, cronJob).workloads[0]?.result;
    return result?.outcome === 'failed' ? result.error.subject : undefined;
  };

  it('is placed in the object when it is about a field', () => {
    expect(refused('decode', 'spec.containers[0].name')).toBe(
      'spec.jobTemplate.spec.template.spec.containers[0].name',
    );
    expect(refused('decode', 'metadata.labels')).toBe('spec.jobTemplate.metadata.labels');
  });

  it('is left as it is when it is about something else', () => {
    expect(refused('template', 'spec.tmpl')).toBe('spec.tmpl');
  });
});

describe('objects that are left alone', () => {
  it.each([
    ['v1', 'Service'],
    ['batch.volcano.sh/v1alpha1', 'Job'],
    ['apps/v1', 'DeploymentList'],
    ['v1', 'Deployment'],
    ['apps/v1', 'List'],
    ['', ''],
  ])('are other kinds: %s %s', (apiVersion, kind) => {
    const { patch, workloads, others } = injectObject(fakeInjector(), { apiVersion, kind });
    expect({ patch, workloads }).toEqual({ patch: [], workloads: [] });
    expect(others).toEqual([{ pointer: '', apiVersion, kind }]);
  });

  it('are told apart when they look as if they held a pod template', () => {
    const hidden = (object: JsonObject) =>
      injectObject(fakeInjector(), object).others.map((other) => other.hiddenTemplate);
    expect(hidden(workload('example.com/v1', 'Thing'))).toEqual(['spec.template']);
    expect(hidden({ kind: 'X', spec: { tasks: [{}, { template }] } })).toEqual([
      'spec.tasks[*].template',
    ]);
    const schema = { properties: { spec: { containers: { type: 'array' } } } };
    expect(hidden({ kind: 'CustomResourceDefinition', spec: { schema } })).toEqual([undefined]);
  });

  it('are looked through for a while only', () => {
    const wide = { kind: 'X', list: Array.from({ length: 50_000 }, () => ({ a: {} })) };
    expect(injectObject(fakeInjector(), wide).others[0]?.hiddenTemplate).toBeUndefined();
  });

  it('can be made known', () => {
    const kinds = extendKinds(builtInKinds, ['example.com/Thing=spec.template', '/Odd=a.b']);
    const thing = workload('example.com/v1', 'Thing');
    expect(injectObject(fakeInjector(), thing, kinds).workloads).toHaveLength(1);
    const odd = { apiVersion: 'v1', kind: 'Odd', a: { b: template } };
    expect(injectObject(fakeInjector(), odd, kinds).workloads).toHaveLength(1);
  });

  it('may have several pod templates', () => {
    const kinds = extendKinds(builtInKinds, [
      'x/Gang=spec.tasks[*].template',
      'x/Gang=spec.leader',
      'x/Ring=spec.*.template',
    ]);
    const gang = {
      ...workload('x/v1', 'Gang', { tasks: [{ template }, {}, { template }], leader: template }),
    };
    const places = (object: JsonObject) =>
      injectObject(fakeInjector(patchAdd), object, kinds).patch.map(({ path }) => path);
    expect(places(gang)).toEqual([
      '/spec/tasks/0/template/metadata/x',
      '/spec/tasks/2/template/metadata/x',
      '/spec/leader/metadata/x',
    ]);
    expect(places(workload('x/v1', 'Ring', { a: { template }, b: 1 }))).toEqual([
      '/spec/a/template/metadata/x',
    ]);
    const united = workload('apps.kruise.io/v1alpha1', 'UnitedDeployment', {
      template: { cloneSetTemplate: { spec: { template } } },
    });
    expect(places(united)).toEqual(['/spec/template/cloneSetTemplate/spec/template/metadata/x']);
    const [none] = injectObject(fakeInjector(), workload('x/v1', 'Gang', {}), kinds).workloads;
    expect(none?.warnings).toEqual([
      'Gang "w" has no spec.tasks[*].template, so there is nothing to inject into',
    ]);
  });

  it.each(['Rollout', 'a/B', 'a/B=', 'a/B=x..y', 'a/b/C=x', '=x', 'a/B=x y', 'a/B=x[y]'])(
    'cannot be made known as %s',
    (entry) => {
      expect(() => extendKinds(builtInKinds, [entry])).toThrow('not a kind with a pod template');
    },
  );
});

describe('a workload without a pod template', () => {
  it.each([
    ['v1', 'ReplicationController'],
    ['apps.openshift.io/v1', 'DeploymentConfig'],
  ])('is refused when Kubernetes lets it out: %s %s', (apiVersion, kind) => {
    const [only] = injectObject(fakeInjector(), workload(apiVersion, kind, {})).workloads;
    expect(only?.result).toEqual({
      outcome: 'malformed',
      message: 'spec.template is required value',
    });
  });

  it('is left alone, with a warning, otherwise', () => {
    const injector = fakeInjector();
    for (const body of [{}, { template: null }]) {
      const [only] = injectObject(injector, workload('apps/v1', 'Deployment', body)).workloads;
      expect(only?.result.outcome).toBe('no template');
      expect(only?.warnings[0]).toContain('Deployment "w" has no spec.template');
    }
    expect(injector.asked).toEqual([]);
  });

  it('is refused when something else stands in its place', () => {
    const [only] = injectObject(
      fakeInjector(),
      workload('batch/v1', 'Job', { template: 'x' }),
    ).workloads;
    expect(only?.result.outcome).toBe('malformed');
  });
});

describe('a workload that is skipped', () => {
  const warnings = (object: JsonObject) =>
    injectObject(fakeInjector(), object).workloads.flatMap((one) => one.warnings);
  const optedOut = { labels: { 'sidecar.istio.io/inject': 'false' } };

  it('is named by its template’s name, else its own', () => {
    expect(
      warnings(workload('apps/v1', 'Deployment', { template: { spec: { hostNetwork: true } } })),
    ).toEqual(['===> Skipping injection because Deployment "shop/w" has host networking enabled']);
    expect(
      warnings({
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name: 'w' },
        spec: { template: { metadata: { ...optedOut, name: 't' }, spec } },
      }),
    ).toEqual(['===> Skipping injection because Job "t" has sidecar injection disabled']);
  });

  it('as a Pod goes by its owner’s kind', () => {
    const metadata = {
      ...optedOut,
      generateName: 'd-abc-',
      labels: { ...optedOut.labels, 'pod-template-hash': 'abc' },
      ownerReferences: [
        { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'd-abc', controller: true },
      ],
    };
    expect(warnings({ apiVersion: 'v1', kind: 'Pod', metadata, spec })).toEqual([
      '===> Skipping injection because Deployment "d" has sidecar injection disabled',
    ]);
  });

  it('may stand in a namespace that is never injected', () => {
    const object = { ...workload('apps/v1', 'Deployment'), metadata: { namespace: 'kube-system' } };
    expect(injectObject(fakeInjector(), object).workloads[0]?.result.outcome).toBe('skipped');
  });

  it('as a CronJob may say so in its pod template, too', () => {
    const cronJob = (podMetadata: JsonObject, jobMetadata: JsonObject = {}) =>
      injectObject(
        fakeInjector(),
        workload('batch/v1', 'CronJob', {
          jobTemplate: {
            metadata: jobMetadata,
            spec: { template: { metadata: podMetadata, spec } },
          },
        }),
      ).workloads[0]?.result;
    expect(cronJob(optedOut)).toMatchObject({
      outcome: 'skipped',
      notices: [{ code: 'pod-template-opts-out' }],
    });
    expect(cronJob({ annotations: { 'sidecar.istio.io/inject': 'false' } })?.outcome).toBe(
      'skipped',
    );
    expect(cronJob({}, optedOut)).toMatchObject({ outcome: 'skipped', notices: [] });
    expect(cronJob({ labels: { 'sidecar.istio.io/inject': 'true' } })?.outcome).toBe('injected');
  });
});
