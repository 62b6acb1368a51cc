import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseGoYaml } from '../../src/goyaml/index.ts';
import { rewriteText } from '../../src/manifest/edit/rewrite-text.ts';
import { randomChange, randomManifest, seededRandom } from './random-manifest.ts';

const seeds = fc.noShrink(fc.integer());
const runs = { numRuns: Number(process.env.RUNS ?? 300) };

test('the text that comes out means the changed value, whatever the text and the change', () => {
  fc.assert(
    fc.property(seeds, fc.boolean(), fc.boolean(), (seed, flow, aliases) => {
      const random = seededRandom(seed);
      const text = randomManifest(random, { flow, aliases, compact: true, lastBreak: false });
      const before = parseGoYaml(text);
      const after = randomChange(random, before, false);
      const result = rewriteText(text, before, after, parseGoYaml);
      expect(parseGoYaml(result), text).toEqual(after);
    }),
    runs,
  );
});

test('additions to block style leave every line as it was', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const random = seededRandom(seed);
      const text = randomManifest(random, {
        flow: false,
        aliases: false,
        compact: false,
        lastBreak: true,
      });
      const before = parseGoYaml(text);
      const after = randomChange(random, before, true);
      const result = rewriteText(text, before, after, parseGoYaml);
      expect(missingLine(text, result), `${text}\n=====\n${result}`).toBeUndefined();
    }),
    runs,
  );
});

/** The first line of `original` that is not in `result`, in the same order. */
function missingLine(original: string, result: string): string | undefined {
  const lines = result.split('\n');
  let at = 0;
  for (const line of original.split('\n')) {
    const found = lines.indexOf(line, at);
    if (found < 0 && line !== '') return line;
    if (found >= 0) at = found + 1;
  }
  return undefined;
}
