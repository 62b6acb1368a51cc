import { describe, expect, it } from 'vitest';
import {
  bothValues,
  istioValues,
  knowsValue,
  suggestedPath,
  unknownValues,
  valuesAskedFor,
  valuesInUse,
} from '../../src/settings/known-values.ts';

describe('known values', () => {
  const known = bothValues(
    valuesInUse({ global: { proxy: { capNetBindService: false }, free: {} } }),
    istioValues(),
  );

  it("are those of Istio's charts, by both of their spellings", () => {
    expect(knowsValue(known, ['global', 'proxy', 'logLevel'])).toBe(true);
    expect(knowsValue(known, ['global', 'proxy_init', 'image'])).toBe(true);
    expect(knowsValue(known, ['gateways', 'istio-ingressgateway', 'enabled'])).toBe(true);
    expect(knowsValue(known, ['global', 'proxi'])).toBe(false);
  });

  it('have anything below what is free to have it', () => {
    expect(unknownValues({ pilot: { env: { ANYTHING: 1 } } }, known)).toEqual([]);
    expect(unknownValues({ global: { free: { x: { y: 1 } } } }, known)).toEqual([]);
    expect(unknownValues({ global: { proxy: { lifecycle: { preStop: {} } } } }, known)).toEqual([]);
  });

  it('suggest a name beside the unknown one, else the same name elsewhere', () => {
    const unknown = unknownValues(
      { global: { proxy: { logLvl: 'x', bound: 1 }, statusPort: 1, zzz: { a: 1 } } },
      known,
    );
    expect(unknown.map(({ path, suggestion }) => [path.join('.'), suggestion])).toEqual([
      ['global.proxy.logLvl', 'global.proxy.logLevel'],
      ['global.proxy.bound', undefined],
      ['global.statusPort', 'global.proxy.statusPort'],
      ['global.zzz', undefined],
    ]);
    expect(suggestedPath(['global', 'proxy', 'capNetBindServices'], known)).toBe(
      'global.proxy.capNetBindService',
    );
  });

  it('include what templates ask for, but not what they only pass on the way', () => {
    const asked = valuesAskedFor([['my'], ['my', 'name'], ['my', 'list']]);
    expect(unknownValues({ my: { name: 'x', list: [{ a: 1 }], nmae: 'y' } }, asked)).toMatchObject([
      { path: ['my', 'nmae'], suggestion: 'my.name' },
    ]);
  });
});
