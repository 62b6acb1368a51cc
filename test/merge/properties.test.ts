import fc from 'fast-check';
import jsonpatch from 'fast-json-patch';
import { describe, expect, test } from 'vitest';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/json.ts';
import {
  createPatch,
  decode,
  encodeTyped,
  MergeError,
  type PatchOperation,
  strategicMerge,
} from '../../src/merge/index.ts';
import { structSchema } from '../../src/schema/index.ts';
import { overlay, plainOverlay } from '../generators/overlay.ts';
import { pod } from '../generators/pod.ts';
import { deepFreeze } from './deep-freeze.ts';

const schema = structSchema('Pod');
const someRuns = { numRuns: 40 };

/** Two overlays on one pod, as templates make them: what a merge refuses is passed over. */
function merged(base: JsonObject, overlays: readonly JsonObject[]): JsonObject {
  return overlays.reduce((result, each) => {
    try {
      return strategicMerge(schema, result, each);
    } catch (error) {
      if (error instanceof MergeError) return result;
      throw error;
    }
  }, base);
}

/** Applies a patch the way an API server does, to a copy. */
function apply(raw: JsonObject, patch: readonly PatchOperation[]): JsonObject {
  const copy = JSON.parse(JSON.stringify(raw)) as JsonObject;
  const operations = JSON.parse(JSON.stringify(patch)) as jsonpatch.Operation[];
  return jsonpatch.applyPatch(copy, operations, true).newDocument;
}

/** The value without the one key that the patch library refuses to touch. */
function tame(value: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(value).replaceAll('__proto__', 'prototype'));
}

/** Containers and volumes with what the schema does not know about them, by their names. */
function strangers(value: JsonValue | undefined, list: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const spec = isJsonObject(value) ? value['spec'] : undefined;
  const elements = isJsonObject(spec) ? spec[list] : undefined;
  for (const element of Array.isArray(elements) ? elements : []) {
    if (!isJsonObject(element)) continue;
    const strange = ['futureField', 'x-note'].filter((key) => Object.hasOwn(element, key));
    const text = JSON.stringify(strange.map((key) => [key, element[key]]));
    const name = String(element['name'] ?? '');
    if (strange.length > 0) found.set(name, [...(found.get(name) ?? []), text]);
  }
  return found;
}

describe('decode', () => {
  test('has nothing left to do on its own result', () => {
    fc.assert(
      fc.property(pod, (raw) => {
        const normal = decode(schema, raw);
        expect(decode(schema, normal)).toBe(normal);
      }),
      someRuns,
    );
  });

  test('never changes its input', () => {
    fc.assert(
      fc.property(pod, (raw) => void decode(schema, deepFreeze(raw))),
      someRuns,
    );
  });
});

describe('strategicMerge', () => {
  test('changes neither base nor overlay', () => {
    fc.assert(
      fc.property(pod, overlay, (raw, over) => {
        merged(deepFreeze(decode(schema, raw)), [deepFreeze(over)]);
      }),
      someRuns,
    );
  });

  test('gives a result in normal form', () => {
    fc.assert(
      fc.property(pod, overlay, (raw, over) => {
        const result = merged(decode(schema, raw), [over]);
        expect(decode(schema, result)).toBe(result);
      }),
      someRuns,
    );
  });

  test('gives the base itself when the overlay says what is there already', () => {
    fc.assert(
      fc.property(pod, plainOverlay, (raw, over) => {
        const once = merged(decode(schema, raw), [over]);
        const twice = merged(once, [structuredClone(over)]);
        fc.pre(encodeTyped(schema, twice) === encodeTyped(schema, once));
        expect(twice).toBe(once);
      }),
      someRuns,
    );
  });
});

describe('createPatch', () => {
  test('leads from the raw pod to the result', () => {
    fc.assert(
      fc.property(
        pod,
        fc.array(plainOverlay, { maxLength: 2 }),
        overlay,
        (wildPod, plain, wild) => {
          const raw = tame(wildPod);
          const base = decode(schema, raw);
          const result = merged(base, [...plain, wild].map(tame));
          const patch = createPatch(schema, deepFreeze(raw), deepFreeze(base), deepFreeze(result));
          const patched = decode(schema, apply(raw, patch));
          expect(JSON.parse(encodeTyped(schema, patched))).toEqual(
            JSON.parse(encodeTyped(schema, result)),
          );
        },
      ),
      { numRuns: 120 },
    );
  });

  test('is empty when nothing changed', () => {
    fc.assert(
      fc.property(pod, (raw) => {
        const base = decode(schema, raw);
        const copy = decode(schema, JSON.parse(encodeTyped(schema, base)));
        expect(createPatch(schema, raw, base, copy)).toEqual([]);
      }),
      someRuns,
    );
  });

  test('keeps members that the schema does not know, wherever their element goes', () => {
    fc.assert(
      fc.property(pod, fc.infiniteStream(fc.nat({ max: 5 })), (raw, stream) => {
        const base = decode(schema, raw);
        const spec = base['spec'];
        if (!isJsonObject(spec)) return;
        const shuffled = Object.fromEntries(
          Object.entries(spec).map(([name, member]) => {
            if (name !== 'containers' && name !== 'volumes') return [name, member];
            const elements = [...(member as JsonObject[])].map(
              (element): JsonObject =>
                name === 'volumes' ? { ...element, nfs: {} } : { ...element, image: 'changed' },
            );
            for (const index of elements.keys()) {
              const other = (stream.next().value as number) % elements.length;
              const here = elements[index] as JsonObject;
              elements[index] = elements[other] as JsonObject;
              elements[other] = here;
            }
            return [name, elements];
          }),
        );
        const result = decode(schema, { ...base, spec: shuffled });
        const patched = apply(raw, createPatch(schema, raw, base, result));
        for (const list of ['containers', 'volumes']) {
          const before = strangers(raw, list);
          const after = strangers(patched, list);
          const sorted = (found: Map<string, string[]>) =>
            [...found].map(([name, texts]) => [name, texts.toSorted()]).toSorted();
          expect(sorted(after)).toEqual(sorted(before));
        }
      }),
      someRuns,
    );
  });

  test('is the same every time', () => {
    fc.assert(
      fc.property(pod, overlay, (raw, over) => {
        const base = decode(schema, raw);
        const result = merged(base, [over]);
        expect(createPatch(schema, raw, base, result)).toEqual(
          createPatch(schema, raw, base, result),
        );
      }),
      someRuns,
    );
  });
});
