import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { decode, MergeError, PreparedOverlay, strategicMerge } from '../../src/merge/index.ts';
import { structSchema } from '../../src/schema/index.ts';
import { overlay as overlays } from '../generators/overlay.ts';
import { pod as pods } from '../generators/pod.ts';

const podSchema = structSchema('Pod');

function outcome(merge: () => JsonObject): unknown {
  try {
    return merge();
  } catch (error) {
    if (error instanceof MergeError) return error.message;
    throw error;
  }
}

describe('a prepared overlay', () => {
  it('gives what the plain one gives, every time', () => {
    fc.assert(
      fc.property(fc.array(pods, { minLength: 1, maxLength: 4 }), overlays, (many, overlay) => {
        const prepared = new PreparedOverlay(structuredClone(overlay));
        for (const pod of many) {
          const base = decode(podSchema, pod);
          expect(outcome(() => strategicMerge(podSchema, base, prepared))).toEqual(
            outcome(() => strategicMerge(podSchema, base, overlay)),
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives the base itself when it changes nothing', () => {
    const overlay = { spec: { tolerations: [{ key: 'a' }], containers: [{ name: 'c', env: [] }] } };
    const prepared = new PreparedOverlay(overlay);
    strategicMerge(podSchema, {}, prepared);
    const base = { spec: { tolerations: [{ key: 'a' }], containers: [{ name: 'c' }] } };
    expect(strategicMerge(podSchema, base, prepared)).toBe(base);
  });

  it('shares the normal form of what it adds', () => {
    const prepared = new PreparedOverlay({
      spec: { containers: [{ name: 'c', image: '', resources: { limits: { cpu: '1000m' } } }] },
    });
    const add = (name: string) =>
      strategicMerge(podSchema, { spec: { containers: [{ name }] } }, prepared) as {
        spec: { containers: JsonObject[] };
      };
    const [first, second] = [add('a'), add('b')];
    expect(first.spec.containers[0]).toEqual({ name: 'c', resources: { limits: { cpu: '1' } } });
    expect(second.spec.containers[0]).toBe(first.spec.containers[0]);
  });

  it('tells one value under two types apart', () => {
    const same = { name: 'x', emptyDir: {}, tty: true };
    const prepared = new PreparedOverlay({ spec: { containers: [same], volumes: [same] } });
    expect(strategicMerge(podSchema, {}, prepared)).toEqual({
      spec: {
        containers: [{ name: 'x', tty: true }],
        volumes: [{ name: 'x', emptyDir: {} }],
      },
    });
  });
});
