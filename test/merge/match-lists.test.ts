import fc from 'fast-check';
import { expect, it } from 'vitest';
import { matchLists, onlyGrowsInFront } from '../../src/merge/match-lists.ts';
import type { ListSchema } from '../../src/schema/index.ts';

const strings: ListSchema = { kind: 'list', elem: { kind: 'string', goName: 'string' } };
const list = fc.constantFrom<ListSchema>(strings, { ...strings, mergeKey: 'name' });

/** Elements of few names, some of which are the very same object. */
const pool = ['a', 'a', 'b', 'c', 'd'].map((name) => ({ name }));
const element = fc.oneof(
  fc.constantFrom(...pool),
  fc.constantFrom('a', 'b', 'e', 'f').map((name) => ({ name })),
);
const elements = fc.array(element, { maxLength: 4 });

/** The list with some of its elements replaced by others of the same name. */
function renewed(
  before: readonly { name: string }[],
  which: readonly boolean[],
): { name: string }[] {
  return before.map((element, index) => (which[index] === true ? { ...element } : element));
}

it('a list that only grows in front is matched so', () => {
  let grown = 0;
  fc.assert(
    fc.property(
      list,
      elements,
      elements,
      fc.array(fc.boolean(), { maxLength: 4 }),
      fc.option(elements, { freq: 4 }),
      (schema, before, added, which, anything) => {
        const after = anything ?? [...added, ...renewed(before, which)];
        if (!onlyGrowsInFront(schema, before, after)) return;
        grown++;
        const { from, stays } = matchLists(schema, before, after);
        const start = after.length - before.length;
        expect(from).toEqual(after.map((_, index) => Math.max(index - start, -1)));
        expect(stays).toEqual(after.map((_, index) => index >= start));
      },
    ),
    { numRuns: 2000 },
  );
  expect(grown).toBeGreaterThan(100);
});
