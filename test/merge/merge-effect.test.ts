import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/json.ts';
import { generalMerge } from '../../src/merge/general-merge.ts';
import { decode, overlayEffect } from '../../src/merge/index.ts';
import { mergeEffect } from '../../src/merge/merge-effect.ts';
import { type StructSchema, structSchema, type TypeSchema } from '../../src/schema/index.ts';
import { pod as pods } from '../generators/pod.ts';

const podSchema = structSchema('Pod');

/** A value in normal form without what takes a general merge: lists with one key twice. */
function tidy(type: TypeSchema, value: JsonValue): JsonValue {
  if (type.kind === 'struct' && isJsonObject(value)) return tidyStruct(type.struct, value);
  if (type.kind !== 'list' || !Array.isArray(value)) return value;
  const { elem, mergeKey } = type;
  const keys = new Set<JsonValue | undefined>();
  return value
    .map((element) => tidy(elem, element))
    .filter((element) => {
      const key = isJsonObject(element) && mergeKey !== undefined ? element[mergeKey] : element;
      return key !== undefined && !keys.has(key) && keys.add(key);
    });
}

function tidyStruct(schema: StructSchema, value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) => {
      const type = schema.byName.get(key)?.type;
      return type === undefined || type.kind === 'raw' ? [] : [[key, tidy(type, member)]];
    }),
  );
}

/** What a member may be set to that says that there is nothing. */
const nothings: readonly JsonValue[] = [null, '', 0, false, [], {}];

const sameType = (left: JsonValue, right: JsonValue): boolean =>
  typeof left === typeof right && Array.isArray(left) === Array.isArray(right);

/** Overlays as careful people write them, some of whose members say that there is nothing. */
const overlays: fc.Arbitrary<JsonObject> = fc
  .tuple(pods, fc.infiniteStream(fc.nat({ max: 0x7fffffff })))
  .map(([pod, stream]) => {
    const draw = (limit: number) => (stream.next().value as number) % limit;
    const text = JSON.stringify(tidyStruct(podSchema, decode(podSchema, pod)));
    return JSON.parse(text, function (this: unknown, key, value: JsonValue) {
      if (key === '' || Array.isArray(this) || draw(12) > 0) return value;
      const nothing = nothings[draw(nothings.length)] ?? null;
      return sameType(nothing, value) ? nothing : null;
    });
  });

describe('the effect of an overlay', () => {
  it('merges as the overlay itself does', () => {
    let compared = 0;
    fc.assert(
      fc.property(fc.array(pods, { minLength: 1, maxLength: 4 }), overlays, (many, overlay) => {
        const effect = overlayEffect(podSchema, overlay);
        if (effect === undefined) return;
        for (const pod of many) {
          const base = decode(podSchema, pod);
          const merged = mergeEffect(podSchema, base, effect);
          if (merged === undefined) continue;
          compared++;
          const expected = generalMerge(podSchema, base, overlay);
          expect(merged).toEqual(expected);
          if (expected === base) expect(merged).toBe(base);
        }
      }),
      { numRuns: 300 },
    );
    expect(compared).toBeGreaterThan(50);
  });

  it('is not known for what only a general merge can do', () => {
    const withEnv = (...env: JsonValue[]) => ({ spec: { containers: [{ name: 'c', env }] } });
    const overlays: readonly JsonObject[] = [
      { spec: { containers: [{ name: 'c', $patch: 'delete' }] } },
      { spec: { '$setElementOrder/containers': [{ name: 'c' }] } },
      { spec: { $retainKeys: [] } },
      { spec: { Containers: [{ name: 'c' }] } },
      { spec: { unheardOf: true } },
      { metadata: { labels: { gone: null } } },
      { status: { phase: 'Running' } },
      { spec: { volumes: [] } },
      withEnv({ name: 'A' }, { name: 'A' }),
      withEnv({ value: 'a' }),
      withEnv(null),
      { spec: { containers: 'none' } },
    ];
    for (const overlay of overlays) {
      expect(overlayEffect(podSchema, overlay), JSON.stringify(overlay)).toBeUndefined();
    }
  });

  it('takes away what the overlay sets to nothing', () => {
    const effect = overlayEffect(podSchema, {
      spec: {
        hostNetwork: false,
        dnsConfig: { options: [] },
        containers: [{ name: 'c', image: null }],
      },
    });
    const base = {
      spec: {
        hostNetwork: true,
        dnsConfig: { options: [{ name: 'ndots' }], searches: ['example'] },
        containers: [{ name: 'c', image: 'i', tty: true }],
      },
    };
    expect(effect && mergeEffect(podSchema, base, effect)).toEqual({
      spec: { dnsConfig: { searches: ['example'] }, containers: [{ name: 'c', tty: true }] },
    });
  });
});
