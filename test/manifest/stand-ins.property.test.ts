import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseGoYaml } from '../../src/goyaml/index.ts';
import type { JsonObject, JsonValue } from '../../src/json.ts';
import { certainScalar } from '../../src/manifest/edit/certain-scalar.ts';
import { emitEntry, emitItem } from '../../src/manifest/edit/emit-block.ts';
import { StandIns } from '../../src/manifest/edit/stand-ins.ts';
import type { TextStyle } from '../../src/manifest/edit/text-style.ts';
import { newValues, randomManifest, seededRandom } from './random-manifest.ts';
import { randomWorkload } from './random-workload.ts';

const runs = { numRuns: Number(process.env.RUNS ?? 1000) };

/** Text with all that could mean something in it. */
const text = fc
  .array(
    fc.constantFrom(
      ...[
        'a',
        'b c',
        ': ',
        ':',
        '#',
        ' #',
        '- ',
        '-',
        '?',
        '"',
        "'",
        '\\',
        '{',
        '}',
        '[',
        ']',
        ',',
        '&',
        '*',
        '!',
      ],
      ...[
        '|',
        '>',
        '%',
        '@',
        '`',
        '~',
        '=',
        '<<',
        '...',
        '---',
        '0x1',
        '1',
        '.5',
        'e3',
        'null',
        'yes',
        'on',
        '_',
      ],
      ...[
        '\t',
        '\n',
        '\r',
        '\u0085',
        '\u2028',
        '\ufeff',
        '\u0000',
        'ü',
        '😀',
        '\ud800',
        '  ',
        '/',
        '$(A)',
      ],
    ),
    { maxLength: 5 },
  )
  .map((pieces) => pieces.join(''));

const value = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    fc.constantFrom(...newValues),
    fc.constantFrom<JsonValue>(
      'line one\n  two\n\n# three\n',
      'no\nend',
      'plain',
      '12',
      7,
      -0.5,
      1e21,
      true,
      null,
    ),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(text, tie('value'), { maxKeys: 3 }),
  ),
})).value;

const collection = value.filter(
  (one): one is JsonObject | JsonValue[] =>
    typeof one === 'object' && one !== null && Object.keys(one).length > 0,
);

const style = fc.record<TextStyle>({
  lineBreak: fc.constantFrom('\n' as const, '\r\n' as const),
  indent: fc.constantFrom(1, 2, 4),
  dashIndent: fc.constantFrom(0, 1, 2),
  dashWidth: fc.constantFrom(2, 4),
  quote: fc.constantFrom('single' as const, 'double' as const),
  literals: fc.boolean(),
  json: fc.constant(false),
});

test('a scalar that is certain is read as what it is said to be, wherever it stands in block style', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        text,
        text.map((one) => `"${one}"`),
        text.map((one) => `'${one}'`),
      ),
      (scalar) => {
        const known = certainScalar(scalar);
        if (known === undefined) return;
        expect(parseGoYaml(`- ${scalar}\n- next\n`)).toEqual([known, 'next']);
        expect(parseGoYaml(`a: ${scalar}\nb: next\n`)).toEqual({ a: known, b: 'next' });
        if (typeof known !== 'string') return;
        expect(parseGoYaml(`${scalar}: next\nb: 1\n`)).toEqual({
          b: 1,
          [known]: known === 'b' ? 1 : 'next',
        });
        expect(parseGoYaml(`- ${scalar}: next\n`)).toEqual([{ [known]: 'next' }]);
      },
    ),
    { numRuns: 5 * runs.numRuns },
  );
});

test('a block that is certain is read as its value, at any column and in any style', () => {
  let certain = 0;
  fc.assert(
    fc.property(collection, style, fc.nat(6), (one, how, column) => {
      const pad = ' '.repeat(column);
      const join = (lines: readonly string[]): string =>
        lines.map((line) => line + how.lineBreak).join('');
      const entry = emitEntry('new', one, column, how);
      if (entry.certain) {
        certain++;
        expect(parseGoYaml(join([`${pad}a: 1`, ...entry.lines, `${pad}z: 2`]))).toEqual({
          a: 1,
          new: one,
          z: 2,
        });
      }
      const item = emitItem(one, column, how);
      if (item.certain) {
        expect(parseGoYaml(join([`${pad}- 1`, ...item.lines, `${pad}- 2`]))).toEqual([1, one, 2]);
      }
    }),
    runs,
  );
  expect(certain).toBeGreaterThan(runs.numRuns / 20);
});

test('what is read with a stand-in is read with the block itself, wherever it is put', () => {
  let stoodIn = 0;
  fc.assert(
    fc.property(fc.integer(), collection, style, fc.boolean(), (seed, one, how, isItem) => {
      const random = seededRandom(seed);
      const shape = { flow: true, aliases: false, compact: true, lastBreak: true };
      // Workloads have brackets over several lines.
      const manifest = random(1) === 0 ? randomWorkload(random) : randomManifest(random, shape);
      const starts = [...manifest.matchAll(/(?<=^|\n)( *)[^\n]*\n/g)];
      const line = starts[random(starts.length - 1)];
      // Where it is right, and where it is wrong.
      const column = random(3) > 0 ? (line?.[1]?.length ?? 0) : random(8);
      const block = isItem ? emitItem(one, column, how) : emitEntry('new', one, column, how);
      const at = line?.index ?? 0;
      const edit = { start: at, end: at, text: block.lines.join(how.lineBreak) + how.lineBreak };
      const standIns = new StandIns();
      standIns.add(
        edit,
        { ...block, column, value: one, ...(!isItem && { key: 'new' }) },
        how.lineBreak,
      );
      const short = standIns.shortText(manifest, [edit]) as string;
      const long = manifest.slice(0, at) + edit.text + manifest.slice(at);
      if (short === long) return;
      const read = readOrNothing(short);
      const meant = withValue(read, one, isItem);
      // What came out of a stand-in otherwise is no string of its own, and would be found to differ.
      if (read === undefined || meant === undefined || JSON.stringify(meant).includes('stand-in'))
        return;
      stoodIn++;
      expect(standIns.firstDifference(meant, read)).toBeUndefined();
      expect(readOrNothing(long), long).toEqual(meant);
    }),
    { numRuns: 3 * runs.numRuns },
  );
  expect(stoodIn).toBeGreaterThan(runs.numRuns / 5);
});

function readOrNothing(yaml: string): JsonValue | undefined {
  try {
    return parseGoYaml(yaml);
  } catch {
    return undefined;
  }
}

/** What was read, with the value in place of what stands in for it. */
function withValue(
  read: JsonValue | undefined,
  one: JsonValue,
  isItem: boolean,
): JsonValue | undefined {
  const found = isItem ? read : Array.isArray(read) && read.length === 1 ? read[0] : undefined;
  if (typeof found === 'string' && found.startsWith('outrigger-stand-in-')) return one;
  if (typeof read !== 'object' || read === null) return read;
  if (Array.isArray(read)) return read.map((item) => withValue(item, one, isItem) ?? null);
  return Object.fromEntries(
    Object.entries(read).map(([key, member]) => [key, withValue(member, one, isItem) ?? null]),
  );
}
