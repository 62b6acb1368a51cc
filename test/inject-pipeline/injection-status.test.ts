import { describe, expect, it } from 'vitest';
import { readOverrides } from '../../src/inject/container-overrides.ts';
import { injectedNames } from '../../src/inject/injection-status.ts';

describe('what a pod’s record says was injected', () => {
  it('is read from the two lists, whatever else is in it', () => {
    const names = injectedNames('{"containers":["a"],"initContainers":null,"revision":5}');
    expect([...names.containers]).toEqual(['a']);
    expect([...names.initContainers]).toEqual([]);
  });

  it.each(['broken', '5', '[]', 'null', '{}', '{"Containers":["a"]}'])(
    'is nothing in %s',
    (text) => {
      expect(injectedNames(text).containers.size).toBe(0);
    },
  );

  it.each(['{"containers":"a"}', '{"containers":[5]}', '{"initContainers":{}}'])(
    'is refused in %s, on which upstream crashes',
    (text) => {
      expect(() => injectedNames(text)).toThrow('sidecar.istio.io/status');
    },
  );
});

describe('the record of overrides', () => {
  it('is in normal form', () => {
    expect(
      readOverrides('{"Containers":[{"name":"a","stdin":false,"nope":1}],"initContainers":null}'),
    ).toEqual({ containers: [{ name: 'a' }], initContainers: [] });
  });
  it('may be missing or null', () => {
    const nothing = { containers: [], initContainers: [] };
    expect(readOverrides(undefined)).toEqual(nothing);
    expect(readOverrides('null')).toEqual(nothing);
  });
  it.each(['{bad', '', '[]', '{"containers":[{"name":5}]}'])('is refused when it is %s', (text) => {
    expect(() => readOverrides(text)).toThrow('proxy.istio.io/overrides');
  });
});
