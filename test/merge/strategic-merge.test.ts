import { describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../src/json.ts';
import { MergeError, strategicMerge } from '../../src/merge/index.ts';
import { structSchema } from '../../src/schema/index.ts';

const schema = structSchema('Pod');

function merge(base: JsonObject, overlay: JsonValue): JsonObject {
  return strategicMerge(schema, base, overlay);
}

function inSpec(base: JsonObject, overlay: JsonObject): JsonValue {
  return merge({ spec: base }, { spec: overlay })['spec'] ?? null;
}

function inApp(base: JsonObject, overlay: JsonObject): JsonValue {
  const wrap = (members: JsonObject) => ({ containers: [{ name: 'app', ...members }] });
  const { name, ...rest } = (inSpec(wrap(base), wrap(overlay)) as { containers: JsonObject[] })
    .containers[0]!;
  expect(name).toBe('app');
  return rest;
}

function refusal(base: JsonObject, overlay: JsonValue): MergeError {
  try {
    merge(base, overlay);
  } catch (error) {
    if (error instanceof MergeError) return error;
    throw error;
  }
  throw new Error('was merged');
}

describe('objects', () => {
  test('an overlay of null changes nothing', () => {
    const base = { metadata: { name: 'a' } };
    expect(merge(base, null)).toBe(base);
    expect(merge(base, {})).toBe(base);
    expect(merge(base, { spec: { containers: null }, status: {} })).toBe(base);
  });

  test('null removes a member, others are merged', () => {
    expect(
      inApp({ image: 'a', workingDir: '/', stdin: true }, { image: null, workingDir: '/b' }),
    ).toEqual({ workingDir: '/b', stdin: true });
    expect(
      inApp({ securityContext: { runAsUser: 1 } }, { securityContext: { runAsGroup: 2 } }),
    ).toEqual({ securityContext: { runAsUser: 1, runAsGroup: 2 } });
  });

  test('what is new loses nulls and objects with a directive', () => {
    expect(
      inSpec(
        {},
        {
          affinity: { nodeAffinity: null, podAffinity: { $patch: 'delete' } },
          tolerations: [
            { key: 'a', value: null },
            { key: 'b', $patch: 'replace' },
          ],
        },
      ),
    ).toEqual({ affinity: {}, tolerations: [{ key: 'a' }] });
  });

  test('a null in a new map goes, one in a replaced map reads as empty', () => {
    const labels = { a: null, b: 'c' };
    expect(merge({}, { metadata: { labels } })).toEqual({ metadata: { labels: { b: 'c' } } });
    expect(
      merge(
        { metadata: { labels: { d: 'e' } } },
        { metadata: { labels: { $patch: 'replace', ...labels } } },
      ),
    ).toEqual({ metadata: { labels: { a: '', b: 'c' } } });
  });

  test('a replaced map is gone when there was none to replace', () => {
    const overlay = { metadata: { labels: { $patch: 'replace', a: 'b' } } };
    expect(merge({ metadata: { labels: { c: 'd' } } }, overlay)).toEqual({
      metadata: { labels: { a: 'b' } },
    });
    expect(merge({ metadata: { name: 'p' } }, overlay)).toEqual({ metadata: { name: 'p' } });
  });

  test('a deleted object is emptied', () => {
    const probe = { readinessProbe: { periodSeconds: 3 } };
    expect(inApp(probe, { readinessProbe: { $patch: 'delete', timeoutSeconds: 1 } })).toEqual({
      readinessProbe: {},
    });
  });

  test('a required struct that was never set can be replaced', () => {
    expect(inApp({}, { resources: { $patch: 'replace', limits: { cpu: '1' } } })).toEqual({
      resources: { limits: { cpu: '1' } },
    });
    expect(inApp({}, { resources: {} })).toEqual({});
  });

  test('only the listed members are retained', () => {
    const base = { volumes: [{ name: 'v', emptyDir: {} }] };
    const overlay = { name: 'v', secret: { secretName: 's' } };
    expect(inSpec(base, { volumes: [{ ...overlay, $retainKeys: ['name', 'secret'] }] })).toEqual({
      volumes: [overlay],
    });
    expect(inSpec(base, { volumes: [overlay] })).toEqual({
      volumes: [{ name: 'v', emptyDir: {}, secret: { secretName: 's' } }],
    });
  });

  test('the result is in normal form', () => {
    expect(
      inApp({ args: ['a'] }, { args: [], resources: { limits: { cpu: '0.5' } }, odd: 1 }),
    ).toEqual({
      resources: { limits: { cpu: '500m' } },
    });
  });

  test('a key in another spelling yields to the proper one', () => {
    expect(merge({ spec: { hostname: 'a' } }, { Spec: { hostname: 'b', subdomain: 'c' } })).toEqual(
      {
        spec: { hostname: 'a', subdomain: 'c' },
      },
    );
  });
});

describe('lists', () => {
  test('without a merge key are replaced', () => {
    expect(inApp({ args: ['a', 'b'] }, { args: ['c'] })).toEqual({ args: ['c'] });
    expect(inSpec({ tolerations: [{ key: 'a' }] }, { tolerations: [{ key: 'b' }] })).toEqual({
      tolerations: [{ key: 'b' }],
    });
  });

  test('with a merge key are merged element by element', () => {
    expect(
      inApp(
        { ports: [{ containerPort: 80, name: 'http' }] },
        { ports: [{ containerPort: 80, protocol: 'TCP' }, { containerPort: 90 }] },
      ),
    ).toEqual({
      ports: [{ containerPort: 80, name: 'http', protocol: 'TCP' }, { containerPort: 90 }],
    });
  });

  test('the second of two equal keys in the overlay merges into the first', () => {
    const overlay = {
      env: [
        { name: 'A', valueFrom: {} },
        { name: 'A', value: 'z' },
      ],
    };
    expect(inApp({ env: [{ name: 'B' }] }, overlay)).toEqual({
      env: [{ name: 'A', valueFrom: {}, value: 'z' }, { name: 'B' }],
    });
    expect(inApp({}, overlay)).toEqual(overlay);
  });

  test('an element can be deleted, with all that share its key', () => {
    const env = [{ name: 'A' }, { name: 'B' }, { name: 'A', value: 'x' }];
    expect(inApp({ env }, { env: [{ name: 'A', $patch: 'delete' }] })).toEqual({
      env: [{ name: 'B' }],
    });
  });

  test('a list can be replaced', () => {
    const overlay = { env: [{ $patch: 'replace' }, { name: 'B', value: null }] };
    expect(inApp({ env: [{ name: 'A' }] }, overlay)).toEqual({ env: [{ name: 'B' }] });
  });

  test('a deletion inside a new element stays behind as an ordinary entry', () => {
    const sidecar = { name: 'sidecar', env: [{ name: 'D', $patch: 'delete' }, { name: 'E' }] };
    expect(inSpec({ containers: [{ name: 'app' }] }, { containers: [sidecar] })).toEqual({
      containers: [{ name: 'sidecar', env: [{ name: 'D' }, { name: 'E' }] }, { name: 'app' }],
    });
  });

  test('sets of scalars are united', () => {
    const finalizers = (...list: string[]) => ({ metadata: { finalizers: list } });
    expect(merge(finalizers('a', 'b'), finalizers('c', 'a'))).toEqual(finalizers('c', 'a', 'b'));
    expect(
      merge(finalizers('a', 'b'), { metadata: { '$deleteFromPrimitiveList/finalizers': ['a'] } }),
    ).toEqual(finalizers('b'));
  });

  test('$setElementOrder puts elements in order', () => {
    const env = [{ name: 'A' }, { name: 'B' }, { name: 'C' }];
    const order = ['C', 'N', 'A'].map((name) => ({ name }));
    expect(inApp({ env }, { '$setElementOrder/env': order, env: [{ name: 'N' }] })).toEqual({
      env: [{ name: 'B' }, { name: 'C' }, { name: 'N' }, { name: 'A' }],
    });
    expect(inApp({ env }, { '$setElementOrder/env': order })).toEqual({
      env: [{ name: 'B' }, { name: 'C' }, { name: 'A' }],
    });
  });

  test('what the overlay does not touch is shared with the base', () => {
    const base = {
      metadata: { name: 'p' },
      spec: { containers: [{ name: 'a', env: [{ name: 'E' }] }], volumes: [{ name: 'v' }] },
    };
    const result = merge(base, { spec: { containers: [{ name: 'b' }] } }) as typeof base;
    expect(result.metadata).toBe(base.metadata);
    expect(result.spec.volumes).toBe(base.spec.volumes);
    expect(result.spec.containers[1]).toBe(base.spec.containers[0]);
  });
});

describe('refusals', () => {
  test.each<[JsonValue, string]>([
    [[], 'invalid JSON document'],
    ['text', 'invalid JSON document'],
    [
      { spec: { $patch: 'merge', a: 1 } },
      'unknown patch type: merge in map: map[$patch:merge a:1]',
    ],
    [
      { spec: { containers: [{ image: 'a', tty: true }] } },
      'map: map[image:a tty:true] does not contain declared merge key: name',
    ],
    [
      { spec: { containers: [{ name: 'a', $patch: 'merge' }] } },
      'merging lists cannot yet be specified in the patch',
    ],
    [
      { spec: { containers: [{ $patch: 'delete' }] } },
      'map: map[$patch:delete] does not contain declared merge key: name',
    ],
    [
      { spec: { containers: [{ name: 'app' }, 'b'] } },
      'list element types are not identical: [[map[name:app]] [map[name:app] b]]',
    ],
    [
      { spec: { containers: [['a']] } },
      'list element types are not identical: [[map[name:app]] [[a]]]',
    ],
    [{ spec: { $retainKeys: ['hostname'], subdomain: 'b' } }, 'invalid patch format of retainKeys'],
    [
      { spec: { '$setElementOrder/containers': 1 } },
      'expected a []interface {}, but received a int64',
    ],
    [
      { spec: { '$setElementOrder/volumes': [{ name: 'a' }], volumes: null } },
      'expected a []interface {}, but received a %!s(<nil>)',
    ],
  ])('the merge refuses %j', (overlay, detail) => {
    const error = refusal({ spec: { containers: [{ name: 'app' }] } }, overlay);
    expect(error).toMatchObject({ stage: 'strategic merge', detail });
    expect(error.message).toBe(`strategic merge: ${detail}`);
  });

  test('tell where in the overlay', () => {
    const base = { spec: { containers: [{ name: 'a', env: [{ name: 'E' }] }] } };
    const overlay = { spec: { containers: [{ name: 'x' }, { name: 'a', env: [{ value: 'v' }] }] } };
    expect(refusal(base, overlay).path).toBe('spec.containers[1].env');
  });

  test('a value of the wrong type is refused after the merge', () => {
    const error = refusal({}, { spec: { containers: [{ name: 'a', image: 1 }] } });
    expect(error).toMatchObject({
      stage: 'unmarshal patched pod',
      path: 'spec.containers[0].image',
      detail:
        'json: cannot unmarshal number into Go struct field Container.spec.containers.image of type string',
    });
  });

  test('a mistake of the merge comes before one of a type', () => {
    const overlay = { spec: { hostNetwork: 'yes', containers: [{ image: 'a' }] } };
    expect(refusal({ spec: { containers: [{ name: 'a' }] } }, overlay).stage).toBe(
      'strategic merge',
    );
  });
});
