import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { createPatch, decode } from '../../src/merge/index.ts';
import { structSchema } from '../../src/schema/index.ts';

const schema = structSchema('Pod');

/** The patch for a change of the pod's normal form. */
function patch(raw: JsonObject, change: (base: JsonObject) => JsonObject) {
  const base = decode(schema, raw);
  return createPatch(schema, raw, base, decode(schema, change(base)));
}

function patchSpec(raw: JsonObject, change: (spec: JsonObject) => JsonObject) {
  return patch({ spec: raw }, (base) => ({ ...base, spec: change(base['spec'] as JsonObject) }));
}

function list(value: unknown): JsonObject[] {
  return value as JsonObject[];
}

describe('members', () => {
  test('are added, replaced and removed', () => {
    expect(
      patchSpec({ hostname: 'a', subdomain: 'b' }, () => ({ hostname: 'c', hostNetwork: true })),
    ).toEqual([
      { op: 'add', path: '/spec/hostNetwork', value: true },
      { op: 'replace', path: '/spec/hostname', value: 'c' },
      { op: 'remove', path: '/spec/subdomain' },
    ]);
  });

  test('go whole into a parent that is missing, null or empty', () => {
    const labels = { a: 'b' };
    expect(patch({}, () => ({ metadata: { labels } }))).toEqual([
      { op: 'add', path: '/metadata', value: { labels } },
    ]);
    expect(patch({ metadata: null }, () => ({ metadata: { labels } }))).toEqual([
      { op: 'replace', path: '/metadata', value: { labels } },
    ]);
    expect(patch({ metadata: { labels: {} } }, () => ({ metadata: { labels } }))).toEqual([
      { op: 'replace', path: '/metadata/labels', value: labels },
    ]);
    expect(patch({ metadata: { labels: { c: null } } }, () => ({ metadata: { labels } }))).toEqual([
      { op: 'remove', path: '/metadata/labels/c' },
      { op: 'add', path: '/metadata/labels/a', value: 'b' },
    ]);
  });

  test('have their keys escaped', () => {
    expect(
      patch({ metadata: { annotations: { 'a/b': '1' } } }, () => ({
        metadata: { annotations: { 'a/b': '2', 'c~d/e': '3' } },
      })),
    ).toEqual([
      { op: 'replace', path: '/metadata/annotations/a~1b', value: '2' },
      { op: 'add', path: '/metadata/annotations/c~0d~1e', value: '3' },
    ]);
  });

  test('are left alone where only the normal form differs from what came in', () => {
    const raw = {
      metadata: { labels: {}, creationTimestamp: null },
      spec: {
        containers: [{ name: 'a', args: [], resources: { limits: { cpu: '0.5' } } }],
        odd: 1,
      },
    };
    expect(patch(raw, (base) => structuredClone(base))).toEqual([]);
  });

  test('that are required make no operation for their zero value', () => {
    const raw = { containers: [{ name: 'a' }] };
    expect(patchSpec(raw, () => ({ containers: [{ name: 'a', resources: {} }] }))).toEqual([]);
    const probe = { grpc: { port: 1 } };
    expect(
      patchSpec({ containers: [{ name: 'a', livenessProbe: probe }] }, () => ({
        containers: [{ name: 'a', livenessProbe: { grpc: { port: 1, service: '' } } }],
      })),
    ).toEqual([{ op: 'add', path: '/spec/containers/0/livenessProbe/grpc/service', value: '' }]);
  });

  test('settle on the proper spelling of their name', () => {
    expect(
      patch({ metadata: { Name: 'a', Labels: { b: 'c' } } }, () => ({
        metadata: { name: 'x', labels: { b: 'c' } },
      })),
    ).toEqual([
      { op: 'remove', path: '/metadata/Name' },
      { op: 'add', path: '/metadata/name', value: 'x' },
    ]);
  });

  test('that the base lacks although the raw pod has them are overwritten', () => {
    const raw = { spec: { containers: [{ name: 'a', securityContext: { runAsUser: 7 } }] } };
    const base = { spec: { containers: [{ name: 'a', securityContext: {} }] } };
    const result = { spec: { containers: [{ name: 'a', securityContext: { runAsUser: 1 } }] } };
    expect(createPatch(schema, raw, base, result)).toEqual([
      { op: 'replace', path: '/spec/containers/0/securityContext/runAsUser', value: 1 },
    ]);
  });

  test('of a key that users chose may be called anything', () => {
    const labels = JSON.parse('{"__proto__":"a"}');
    const changed = JSON.parse('{"__proto__":"b","constructor":"c"}');
    expect(patch({ metadata: { labels } }, () => ({ metadata: { labels: changed } }))).toEqual([
      { op: 'replace', path: '/metadata/labels/__proto__', value: 'b' },
      { op: 'add', path: '/metadata/labels/constructor', value: 'c' },
    ]);
  });
});

describe('lists', () => {
  const raw = {
    initContainers: [
      { name: 'a', odd: 1 },
      { name: 'b', image: 'b:1' },
      { name: 'c', odd: 3 },
    ],
  };

  test('take a new element in one operation, wherever it goes', () => {
    const added = { name: 'new', image: 'n:1' };
    for (const place of [0, 1, 3]) {
      const operations = patchSpec(raw, (spec) => ({
        ...spec,
        initContainers: list(spec['initContainers']).toSpliced(place, 0, added),
      }));
      expect(operations).toEqual([
        { op: 'add', path: `/spec/initContainers/${place}`, value: added },
      ]);
    }
  });

  test('follow elements that changed to their new place', () => {
    const operations = patchSpec(raw, (spec) => {
      const [a, b, c] = list(spec['initContainers']) as [JsonObject, JsonObject, JsonObject];
      return { ...spec, initContainers: [{ name: 'n' }, a, { ...b, image: 'b:2' }, c] };
    });
    expect(operations).toEqual([
      { op: 'add', path: '/spec/initContainers/0', value: { name: 'n' } },
      { op: 'replace', path: '/spec/initContainers/2/image', value: 'b:2' },
    ]);
  });

  test('move an element with all that the schema does not know about it', () => {
    const operations = patchSpec(raw, (spec) => {
      const [a, b, c] = list(spec['initContainers']) as [JsonObject, JsonObject, JsonObject];
      return { ...spec, initContainers: [{ ...c, image: 'c:2' }, a, b] };
    });
    expect(operations).toEqual([
      { op: 'remove', path: '/spec/initContainers/2' },
      { op: 'add', path: '/spec/initContainers/0', value: { name: 'c', odd: 3, image: 'c:2' } },
    ]);
  });

  test('lose elements from the end', () => {
    const operations = patchSpec(raw, (spec) => ({
      ...spec,
      initContainers: list(spec['initContainers']).slice(1, 2),
    }));
    expect(operations).toEqual([
      { op: 'remove', path: '/spec/initContainers/2' },
      { op: 'remove', path: '/spec/initContainers/0' },
    ]);
  });

  test('tell elements of one key apart by their order', () => {
    const env = [
      { name: 'E', value: '1', odd: 1 },
      { name: 'E', value: '2', odd: 2 },
    ];
    const operations = patchSpec({ containers: [{ name: 'a', env }] }, () => ({
      containers: [
        {
          name: 'a',
          env: [
            { name: 'E', value: '1' },
            { name: 'E', value: '3' },
          ],
        },
      ],
    }));
    expect(operations).toEqual([
      { op: 'replace', path: '/spec/containers/0/env/1/value', value: '3' },
    ]);
  });

  test('without a key are compared by position', () => {
    const tolerations = [{ key: 'a', odd: 1 }, { key: 'b' }];
    expect(
      patchSpec({ tolerations }, () => ({
        tolerations: [{ key: 'a', value: 'v' }, { key: 'b' }, { key: 'c' }],
      })),
    ).toEqual([
      { op: 'add', path: '/spec/tolerations/2', value: { key: 'c' } },
      { op: 'add', path: '/spec/tolerations/0/value', value: 'v' },
    ]);
  });

  test('of scalars are changed in place where that is short, and replaced otherwise', () => {
    const args = (...values: string[]) => ({ containers: [{ name: 'a', args: values }] });
    const path = '/spec/containers/0/args';
    expect(patchSpec(args('a', 'b', 'c'), () => args('a', 'x', 'c'))).toEqual([
      { op: 'replace', path: `${path}/1`, value: 'x' },
    ]);
    expect(patchSpec(args('a', 'b'), () => args('a', 'b', 'c'))).toEqual([
      { op: 'add', path: `${path}/2`, value: 'c' },
    ]);
    expect(patchSpec(args('a', 'b', 'c', 'd'), () => args('d', 'c'))).toEqual([
      { op: 'replace', path, value: ['d', 'c'] },
    ]);
  });

  test('are written whole when nothing of them is left', () => {
    const change = { containers: [{ name: 'b', image: 'b' }] };
    expect(patchSpec({ containers: [{ name: 'a', odd: 1 }] }, () => change)).toEqual([
      { op: 'replace', path: '/spec/containers', value: change.containers },
    ]);
    expect(patchSpec({ containers: null }, () => change)).toEqual([
      { op: 'replace', path: '/spec/containers', value: change.containers },
    ]);
  });
});

describe('an open struct', () => {
  test('has each of its members compared as a whole', () => {
    expect(
      patch({ status: { phase: 'Pending', a: [1], b: 1 } }, () => ({
        status: { phase: 'Pending', a: [2], c: 2 },
      })),
    ).toEqual([
      { op: 'replace', path: '/status/a', value: [2] },
      { op: 'remove', path: '/status/b' },
      { op: 'add', path: '/status/c', value: 2 },
    ]);
  });
});
