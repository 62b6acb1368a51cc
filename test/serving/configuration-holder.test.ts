import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ProxyConfigResources } from '../../src/mesh/index.ts';
import {
  ConfigurationHolder,
  type HolderOptions,
  type InForce,
  type Refusal,
} from '../../src/serving/configuration-holder.ts';
import type { InjectorTexts, SourceText } from '../../src/serving/source.ts';
import { keepLines } from '../kube/log-lines.ts';
import { FakeSource, injectorTexts, sourceText } from './texts.ts';

let injector: FakeSource<InjectorTexts>;
let mesh: FakeSource<readonly SourceText[]>;
let log: ReturnType<typeof keepLines>;
let accepted: InForce[];
let refused: Refusal[];
let holder: ConfigurationHolder;

beforeEach(() => {
  vi.useFakeTimers();
  injector = new FakeSource();
  mesh = new FakeSource<readonly SourceText[]>([]);
  log = keepLines();
  accepted = [];
  refused = [];
});
afterEach(() => {
  holder.stop();
  vi.useRealTimers();
});

function hold(over: Partial<HolderOptions> = {}): ConfigurationHolder {
  holder = new ConfigurationHolder({
    parts: { injector, mesh },
    settings: { revision: '', nativeSidecars: true, compliancePolicy: '', platform: '' },
    logger: log.logger,
    hooks: {
      accepted: (inForce) => accepted.push(inForce),
      refused: (refusal) => refused.push(refusal),
    },
    ...over,
  });
  return holder;
}

/** Long enough for a change to count. */
const settle = () => vi.advanceTimersByTime(1000);

function image(): string | undefined {
  const result = holder.inForce?.injector.inject({ pod: { spec: {} }, namespace: 'n' });
  return result?.outcome === 'injected'
    ? /"image":"([^"]*)"/.exec(JSON.stringify(result.patch))?.[1]
    : result?.outcome;
}

describe('the configuration in force', () => {
  test('is there at once when the sources are', () => {
    injector.give(injectorTexts('one'));
    hold();
    expect(image()).toBe('one');
    expect(holder.readiness()).toEqual([]);
    expect(accepted).toEqual([holder.inForce]);
    expect(holder.status()).toMatchObject({ lastReload: { ok: true }, refusals: [] });
  });

  test('is written on every pod where that is asked for', () => {
    const written = () => {
      const result = holder.inForce?.injector.inject({ pod: { spec: {} }, namespace: 'n' });
      return /"outrigger\/configuration":"([^"]*)"/.exec(JSON.stringify(result))?.[1];
    };
    injector.give(injectorTexts('one'));
    hold();
    expect(written()).toBeUndefined();
    holder.stop();
    hold({ stamp: true });
    const first = written();
    expect(first).toMatch(/^[0-9a-f]{16}$/);
    expect(holder.inForce?.configuration.hash.startsWith(first!)).toBe(true);
    injector.give(injectorTexts('two'));
    settle();
    expect(written()).not.toBe(first);
    expect(accepted).toHaveLength(3);
  });

  test('waits for its sources, and says for which', () => {
    mesh = new FakeSource();
    hold();
    expect(holder.readiness()).toEqual([
      'waiting for the source to be read',
      'waiting for the source to be read',
    ]);
    injector.give(injectorTexts('one'));
    settle();
    expect(holder.inForce).toBeUndefined();
    mesh.give([]);
    expect(holder.readiness()).toEqual(['the configuration is being read']);
    settle();
    expect(image()).toBe('one');
  });

  test('changes within a second, once for many events', () => {
    injector.give(injectorTexts('one'));
    hold();
    for (const name of ['two', 'three', 'four']) injector.give(injectorTexts(name));
    expect(image()).toBe('one');
    settle();
    expect(image()).toBe('four');
    expect(accepted).toHaveLength(2);
  });

  test('stays the same object when a source says the same again', () => {
    injector.give(injectorTexts('one'));
    hold();
    const { inForce } = holder;
    injector.give(injectorTexts('one'));
    mesh.give([]);
    settle();
    expect(holder.inForce).toBe(inForce);
    expect(accepted).toHaveLength(1);
  });

  test('has a hash of its texts, wherever they come from', () => {
    injector.give(injectorTexts('one', '{"a": 1}'));
    mesh.give([sourceText('trustDomain: x')]);
    const first = hold().inForce?.configuration.hash;
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    mesh.give([sourceText('trustDomain: other')]);
    settle();
    expect(holder.inForce?.configuration.hash).not.toBe(first);
    mesh.give([sourceText('trustDomain: x', 'elsewhere')]);
    settle();
    expect(holder.inForce?.configuration.hash).toBe(first);
  });

  test('does not compile templates again when only the mesh changes', () => {
    injector.give(injectorTexts('one'));
    const before = hold().inForce?.configuration;
    mesh.give([sourceText('trustDomain: other')]);
    settle();
    const after = holder.inForce?.configuration;
    expect(after?.mesh.trustDomain).toBe('other');
    expect(after?.templates).toBe(before?.templates);
  });

  test('lays mesh configurations over each other, the first lowest', () => {
    injector.give(injectorTexts('one'));
    mesh.give([sourceText('{trustDomain: a, rootNamespace: r}'), sourceText('trustDomain: b')]);
    expect(hold().inForce?.configuration.mesh).toMatchObject({
      trustDomain: 'b',
      rootNamespace: 'r',
    });
  });

  test('takes the ProxyConfig resources of the moment', () => {
    injector.give(injectorTexts('one'));
    const proxyConfigs = new FakeSource<ProxyConfigResources | undefined>();
    hold({ parts: { injector, mesh, proxyConfigs } });
    expect(holder.inForce).toBeUndefined();
    const [one, two]: ProxyConfigResources[] = [
      { byNamespace: new Map() },
      { byNamespace: new Map() },
    ];
    proxyConfigs.give(one);
    settle();
    expect(holder.inForce?.configuration.proxyConfigResources).toBe(one);
    const before = holder.inForce;
    proxyConfigs.give(two);
    settle();
    expect(holder.inForce?.configuration.proxyConfigResources).toBe(two);
    expect(holder.inForce?.configuration.hash).toBe(before?.configuration.hash);
    // It is none of the texts that somebody would look for a change of.
    expect(holder.inForce?.since).toBe(before?.since);
    expect(accepted).toHaveLength(1);
  });

  test('is tried out before it takes over, and what is odd is said', () => {
    injector.give(injectorTexts('one'));
    const tried: (InForce | undefined)[] = [];
    hold({
      inspect: (candidate) => {
        tried.push(candidate, holder?.inForce);
        return ['odd'];
      },
    });
    expect(tried[0]).toBe(holder.inForce);
    expect(log.lines).toMatchObject([{ level: 'warn', msg: 'odd' }]);
  });

  test('does not change any more after a stop', () => {
    injector.give(injectorTexts('one'));
    hold().stop();
    injector.give(injectorTexts('two'));
    settle();
    expect(image()).toBe('one');
  });
});

const wrongTemplate = {
  config: sourceText('{policy: enabled, templates: {sidecar: "{{ if }}"}}'),
  values: sourceText('{}'),
};

describe('a bad change', () => {
  beforeEach(() => {
    injector.give(injectorTexts('one'));
    hold();
  });

  test.each<[string, InjectorTexts, string]>([
    ['a template', wrongTemplate, 'missing value for if'],
    [
      'the configuration',
      { config: sourceText('templates: ['), values: sourceText('{}') },
      'failed to unmarshal injection template',
    ],
    ['the values', injectorTexts('two', '{global: 5}'), 'could not parse configuration values'],
  ])('of %s is refused as a whole, and said', (_, texts, reason) => {
    const { inForce } = holder;
    injector.give(texts);
    settle();
    expect(holder.inForce).toBe(inForce);
    expect(holder.readiness()).toEqual([]);
    expect(refused).toMatchObject([{ part: 'injector', source: 'the source' }]);
    expect(refused[0]?.reason).toMatch(/^the source: /);
    expect(refused[0]?.reason).toContain(reason);
    expect(holder.status()).toMatchObject({ lastReload: { ok: false }, refusals: refused });
    expect(log.lines).toMatchObject([
      {
        level: 'error',
        error: refused[0]?.reason,
        hashInForce: inForce?.configuration.hash,
        msg: 'a change of the configuration is refused; the last good one stays in force',
      },
    ]);
  });

  test('of the mesh configuration is refused, and the mesh stays as it was', () => {
    mesh.give([sourceText('trustDomain: good')]);
    settle();
    mesh.give([sourceText('proxyListenPort: 0')]);
    settle();
    expect(holder.inForce?.configuration.mesh.trustDomain).toBe('good');
    expect(refused).toMatchObject([{ part: 'mesh' }]);
  });

  test('is said once, however often the source repeats it', () => {
    for (let count = 0; count < 3; count++) {
      injector.give({ ...wrongTemplate });
      settle();
    }
    mesh.give([sourceText('trustDomain: x')]);
    settle();
    expect(refused).toHaveLength(1);
  });

  test('is over when the source is back to what is in force', () => {
    injector.fail('no ConfigMap found');
    settle();
    expect(refused).toMatchObject([{ reason: 'x:3: no ConfigMap found' }]);
    injector.give(injectorTexts('one'));
    settle();
    expect(accepted).toHaveLength(2);
    expect(accepted[1]).toBe(accepted[0]);
    expect(holder.status()).toMatchObject({ lastReload: { ok: true }, refusals: [] });
    injector.fail('no ConfigMap found');
    settle();
    expect(refused).toHaveLength(2);
  });

  test('of one part does not keep a good change of the other from taking effect', () => {
    mesh.give([sourceText('proxyListenPort: 0')]);
    injector.give(injectorTexts('two'));
    settle();
    expect(image()).toBe('two');
    expect(holder.status()).toMatchObject({
      lastReload: { ok: false },
      refusals: [{ part: 'mesh' }],
    });
  });

  test('that trips over a defect of ours is refused as well', () => {
    const { values } = injectorTexts('two');
    const config = { text: 'templates: [', blame: () => new RangeError('too deep') };
    injector.give({ config, values });
    settle();
    expect(image()).toBe('one');
    expect(refused).toMatchObject([{ reason: 'the source: internal error: too deep' }]);
  });
});

describe('a configuration that is bad from the start', () => {
  test('is waited out, and the reason is told', () => {
    injector.give(wrongTemplate);
    hold();
    expect(holder.inForce).toBeUndefined();
    expect(holder.readiness()[0]).toContain('missing value for if');
    expect(log.lines).toMatchObject([
      { msg: 'the configuration is refused; no pod can be injected' },
    ]);
    injector.give(injectorTexts('one'));
    settle();
    expect(image()).toBe('one');
    expect(holder.status().refusals).toEqual([]);
  });

  test('is thrown where it must be good', () => {
    injector.give(wrongTemplate);
    expect(() => hold({ mustBeGood: true })).toThrow('missing value for if');
    hold();
  });

  test('counts as no mesh configuration at all, as for Istio', () => {
    injector.give(injectorTexts('one'));
    mesh.give([sourceText('rootNamespace: shared'), sourceText('proxyListenPort: 0')]);
    hold();
    expect(holder.inForce?.configuration.mesh).toMatchObject({
      rootNamespace: 'shared',
      proxyListenPort: 15001,
    });
    expect(refused).toMatchObject([{ part: 'mesh' }]);
    mesh.give([sourceText('rootNamespace: fixed')]);
    settle();
    expect(holder.inForce?.configuration.mesh.rootNamespace).toBe('fixed');
  });
});
