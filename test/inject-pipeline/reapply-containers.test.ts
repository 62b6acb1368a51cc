import { describe, expect, it } from 'vitest';
import { noNames } from '../../src/inject/injection-status.ts';
import { applyTemplates } from '../../src/inject/overlay/apply-templates.ts';
import { reapplyContainers } from '../../src/inject/overlay/reapply-containers.ts';
import type { Container, Pod } from '../../src/inject/pod.ts';
import type { JsonObject } from '../../src/json.ts';
import { PreparedOverlay } from '../../src/merge/index.ts';

const none = { containers: [], initContainers: [] };
const overridesAnnotation = 'proxy.istio.io/overrides';

function inject(
  original: Pod,
  overlay: JsonObject,
  {
    overrides = none as { containers: Container[]; initContainers: Container[] },
    injected = noNames,
    always = false,
  } = {},
) {
  const { merged, templatePod } = applyTemplates(['t'], {
    original,
    render: () => new PreparedOverlay(overlay),
    native: true,
    injected,
  });
  return reapplyContainers(merged, { original, templatePod, overrides, injected, always });
}

const recorded = (pod: Pod) => pod.metadata?.annotations?.[overridesAnnotation];
const env = (text: string) =>
  text.split(' ').map((pair) => {
    const [name = '', value = ''] = pair.split('=');
    return { name, value };
  });
const envText = (container: Container | undefined) =>
  container?.env?.map(({ name, value }) => `${name}=${value}`).join(' ');

describe('a container of the user’s own', () => {
  const template = {
    spec: {
      containers: [
        { name: 'istio-proxy', image: 'proxy:1', args: ['p'], env: env('T1=t T2=t NET=t T3=t') },
      ],
    },
  };
  const original: Pod = {
    spec: {
      containers: [
        { name: 'app' },
        { name: 'istio-proxy', image: 'auto', env: env('U1=user T2=user') },
      ],
    },
  };

  it('wins over the template’s member by member', () => {
    const proxy = inject(original, template).spec?.containers?.[1];
    expect(envText(proxy)).toBe('T1=t U1=user T2=user NET=t T3=t');
    expect(proxy).toMatchObject({ image: 'proxy:1', args: ['p'] });
  });

  it('is recorded as Go writes it', () => {
    expect(recorded(inject(original, template))).toBe(
      '{"containers":[{"name":"istio-proxy","env":[{"name":"U1","value":"user"},{"name":"T2","value":"user"}],"resources":{}}]}',
    );
  });

  it('keeps its image unless that is auto', () => {
    const own = { spec: { containers: [{ name: 'istio-proxy', image: 'mine' }] } };
    expect(inject(own, template).spec?.containers?.[0]?.image).toBe('mine');
  });

  it('stands for a native sidecar, too, and is recorded among the init containers', () => {
    const native = { spec: { initContainers: [{ name: 'istio-proxy', image: 'p', tty: true }] } };
    const own: Pod = {
      spec: {
        containers: [
          {
            name: 'istio-proxy',
            image: 'auto',
            securityContext: { runAsUser: 1234, runAsGroup: 4321 },
          },
        ],
      },
    };
    const pod = inject(own, native);
    expect(pod.spec?.containers ?? []).toEqual([]);
    expect(pod.spec?.initContainers).toEqual([
      {
        name: 'istio-proxy',
        image: 'p',
        tty: true,
        securityContext: { runAsUser: 1234, runAsGroup: 4321 },
      },
    ]);
    expect(recorded(pod)).toBe(
      '{"initContainers":[{"name":"istio-proxy","resources":{},"securityContext":{"runAsUser":1234,"runAsGroup":4321}}]}',
    );
  });

  it('among the init containers does not stand for a regular one', () => {
    const own = { spec: { initContainers: [{ name: 'istio-proxy', image: 'mine' }] } };
    const pod = inject(own, template);
    expect(pod.spec?.containers?.[0]?.image).toBe('proxy:1');
    expect(recorded(pod)).toBeUndefined();
  });

  it('also covers application containers that a template touches', () => {
    const grpc = { spec: { containers: [{ name: 'app', env: env('X=t') }] } };
    const pod = inject(
      { spec: { containers: [{ name: 'app', image: 'a', env: env('X=mine') }] } },
      grpc,
    );
    expect(envText(pod.spec?.containers?.[0])).toBe('X=mine');
    expect(recorded(pod)).toContain('"image":"a"');
  });

  it('overwrites with the zero values that Go always writes', () => {
    const divided = (divisor: object): JsonObject => ({
      name: 'CPU',
      valueFrom: { resourceFieldRef: { resource: 'limits.cpu', ...divisor } },
    });
    const pod = inject(
      { spec: { containers: [{ name: 'istio-proxy', env: [divided({})] }] } },
      { spec: { containers: [{ name: 'istio-proxy', env: [divided({ divisor: '1' })] }] } },
    );
    expect(pod.spec?.containers?.[0]?.env).not.toEqual([divided({ divisor: '1' })]);
  });

  it('is nothing to record when no template makes one of that name', () => {
    const pod = inject(original, { spec: { containers: [{ name: 'other' }] } });
    expect(recorded(pod)).toBeUndefined();
  });
});

describe('a pod that was injected before', () => {
  const injected = { containers: new Set(['istio-proxy']), initContainers: new Set<string>() };
  const template = { spec: { containers: [{ name: 'istio-proxy', image: 'new' }, { name: 'b' }] } };
  const original: Pod = {
    metadata: { annotations: { 'sidecar.istio.io/status': '{}', [overridesAnnotation]: 'kept' } },
    spec: {
      containers: [
        { name: 'istio-proxy', image: 'old' },
        { name: 'b', image: 'mine' },
      ],
    },
  };

  it('gets the template’s fresh values for what injection added', () => {
    const overrides = { ...none, containers: [{ name: 'istio-proxy', image: 'user' }] };
    const pod = inject(original, template, { injected, overrides });
    expect(pod.spec?.containers?.[0]?.image).toBe('new');
  });

  it('keeps its record of overrides, and the user’s containers', () => {
    const pod = inject(original, template, { injected });
    expect(recorded(pod)).toBe('kept');
    expect(pod.spec?.containers?.[1]?.image).toBe('mine');
  });

  it('takes an override from the record rather than from the pod', () => {
    const overrides = { ...none, containers: [{ name: 'b', image: 'recorded' }] };
    const pod = inject(original, template, { injected, overrides });
    expect(pod.spec?.containers?.[1]?.image).toBe('recorded');
  });
});

describe('a proxy that an earlier injection put among the containers', () => {
  const made = (image: string) => [{ name: 'istio-proxy', image }];
  const original: Pod = {
    metadata: { annotations: { 'sidecar.istio.io/status': '{}' } },
    spec: { containers: made('proxy:1') },
  };
  const injected = { ...noNames, containers: new Set(['istio-proxy']) };
  const overlay = { spec: { initContainers: made('proxy:2') } };

  it.each([
    [true, 'proxy:2'],
    [false, 'proxy:1'],
  ])('makes way for a native one of another image: always %s, so %s', (always, image) => {
    const pod = inject(original, overlay, { injected, always });
    expect(pod.spec).toMatchObject({ containers: [], initContainers: made(image) });
  });
});
