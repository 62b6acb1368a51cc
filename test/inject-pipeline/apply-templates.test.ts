import { describe, expect, it } from 'vitest';
import { noNames } from '../../src/inject/injection-status.ts';
import { applyTemplates } from '../../src/inject/overlay/apply-templates.ts';
import type { Pod } from '../../src/inject/pod.ts';
import type { JsonObject, JsonValue } from '../../src/json.ts';
import { PreparedOverlay } from '../../src/merge/index.ts';

const proxy = (list: string): JsonObject => ({
  spec: { [list]: [{ name: 'istio-proxy', image: 'new' }] },
});

function apply(
  names: readonly string[],
  overlays: { readonly [name: string]: JsonValue },
  original: Pod,
  { native = false, injected = noNames } = {},
) {
  const rendered: string[] = [];
  const render = (name: string): PreparedOverlay => {
    rendered.push(name);
    const overlay = overlays[name];
    if (overlay === undefined) throw new Error(`no ${name}`);
    return new PreparedOverlay(overlay);
  };
  return { ...applyTemplates(names, { original, render, native, injected }), rendered };
}

const listed = (pod: Pod) => ({
  containers: pod.spec?.containers?.map(({ name, image }) => `${name}:${image}`),
  init: pod.spec?.initContainers?.map(({ name, image }) => `${name}:${image}`),
});

describe('applying templates', () => {
  const app: Pod = { spec: { containers: [{ name: 'app', image: 'a' }] } };

  it('merges each into the pod and into an empty one', () => {
    const { merged, templatePod, templates } = apply(
      ['proxy', 'label'],
      { proxy: proxy('containers'), label: { metadata: { labels: { a: 'b' } } } },
      app,
    );
    expect(listed(merged).containers).toEqual(['istio-proxy:new', 'app:a']);
    expect(listed(templatePod).containers).toEqual(['istio-proxy:new']);
    expect(merged.metadata?.labels).toEqual({ a: 'b' });
    expect(templates).toEqual(['proxy', 'label']);
    expect(app).toEqual({ spec: { containers: [{ name: 'app', image: 'a' }] } });
  });

  it('changes nothing by a template that renders to nothing', () => {
    const { merged, templatePod } = apply(['void'], { void: null }, app);
    expect(merged).toBe(app);
    expect(templatePod).toEqual({});
  });

  it('renders a template once however often it is named, and soon stops merging it', () => {
    const names = Array.from({ length: 100_000 }, (_, index) => (index % 2 ? 'proxy' : 'label'));
    const { merged, rendered, templates } = apply(
      names,
      { proxy: proxy('containers'), label: { metadata: { labels: { a: 'b' } } } },
      app,
    );
    expect(rendered).toEqual(['label', 'proxy']);
    expect(templates).toEqual(['label', 'proxy']);
    expect(listed(merged).containers).toEqual(['istio-proxy:new', 'app:a']);
  });

  it('merges a template again as long as that still changes something, as upstream does', () => {
    const one = { metadata: { labels: { a: '1', one: 'x' } } };
    const two = { metadata: { labels: { a: '2', one: null } } };
    const overlays: { [name: string]: JsonValue } = { one, two };
    expect(apply(['one', 'two', 'one'], overlays, app).merged.metadata?.labels).toEqual({
      a: '1',
      one: 'x',
    });
    expect(apply(['one', 'two', 'one', 'two'], overlays, app).merged.metadata?.labels).toEqual({
      a: '2',
    });
  });

  it('follows templates that undo each other without end, at the price of one round', () => {
    const label = (a: string) => ({ metadata: { labels: { a }, annotations: { [a]: '1' } } });
    const overlays = { t0: label('0'), t1: label('1'), t2: label('2') };
    const names = Array.from({ length: 100_000 }, (_, index) => `t${index % 3}`);
    const { merged } = apply(names, overlays, app);
    expect(merged.metadata).toEqual({
      labels: { a: '0' },
      annotations: { '0': '1', '1': '1', '2': '1' },
    });
  });

  it('refuses more templates that change the pod than anybody needs', () => {
    const names = Array.from({ length: 201 }, (_, index) => `t${index}`);
    const overlays = Object.fromEntries(
      names.map((name) => [name, { metadata: { annotations: { [name]: '1' } } }]),
    );
    expect(() => apply(names, overlays, app)).toThrow('more than 200 templates change the pod');
    expect(apply(names.slice(1), overlays, app).templates).toHaveLength(200);
  });

  it('stops at the template that fails, after those before it', () => {
    expect(() => apply(['label', 'missing'], { label: { metadata: {} } }, app)).toThrow(
      'no missing',
    );
  });

  it.each<[string, JsonValue, string]>([
    ['a list', [], 'failed applying injection overlay: strategic merge: '],
    [
      'a wrong type',
      { spec: { containers: [{ name: 5 }] } },
      'failed applying injection overlay: unmarshal patched pod: ',
    ],
  ])('names the stage and the template when it renders to %s', (_, overlay, message) => {
    const run = () => apply(['odd'], { odd: overlay }, app);
    expect(run).toThrow(message);
    expect(run).toThrow('template odd');
  });

  it('tells an overlay that fails on this pod only from one that always fails', () => {
    const labelled: Pod = { metadata: { labels: { a: 'b' } } };
    const overlay = { metadata: { labels: { $patch: 'nonsense' } } };
    expect(() => apply(['t'], { t: overlay }, labelled)).toThrow(
      'failed parsing generated injected YAML (check Istio sidecar injector configuration): ',
    );
  });
});

describe('a native sidecar', () => {
  const mine: Pod = {
    spec: {
      containers: [
        { name: 'istio-proxy', image: 'mine', tty: true },
        { name: 'app', image: 'a' },
      ],
      initContainers: [{ name: 'setup', image: 's' }],
    },
  };
  const overlays = { native: proxy('initContainers'), classic: proxy('containers') };
  const moved = { containers: ['app:a'], init: ['setup:s', 'istio-proxy:new'] };

  it('takes the place of the user’s regular one', () => {
    expect(listed(apply(['native'], overlays, mine, { native: true }).merged)).toEqual(moved);
    expect(
      apply(['native'], overlays, mine, { native: true }).merged.spec?.initContainers?.[1]?.['tty'],
    ).toBe(true);
  });

  it('is what the annotation says, which a template before it may have set', () => {
    const wish = (value: string): JsonObject => ({
      metadata: { annotations: { 'sidecar.istio.io/nativeSidecar': value } },
    });
    const both = { ...overlays, yes: wish('true'), no: wish('false') };
    expect(listed(apply(['yes', 'native'], both, mine).merged)).toEqual(moved);
    const kept = listed(apply(['no', 'native'], both, mine, { native: true }).merged);
    expect(kept.containers).toEqual(['istio-proxy:mine', 'app:a']);
  });

  it('is not piled up by templates that undo each other', () => {
    const names = Array.from({ length: 100 }, (_, index) => (index % 2 ? 'classic' : 'native'));
    const { merged } = apply(names, overlays, mine, { native: true });
    expect(listed(merged)).toEqual({
      containers: ['istio-proxy:new', 'app:a'],
      init: ['setup:s', 'istio-proxy:new', 'istio-proxy:new'],
    });
  });

  it('of an earlier injection goes when the templates make a regular one', () => {
    const before: Pod = {
      spec: {
        containers: [{ name: 'app', image: 'a' }],
        initContainers: [{ name: 'istio-proxy', image: 'old' }],
      },
    };
    const injected = { containers: new Set<string>(), initContainers: new Set(['istio-proxy']) };
    expect(listed(apply(['classic'], overlays, before, { injected }).merged)).toEqual({
      containers: ['istio-proxy:new', 'app:a'],
      init: undefined,
    });
    // The user's own is not ours to drop.
    expect(listed(apply(['classic'], overlays, before).merged).init).toEqual(['istio-proxy:old']);
  });
});
