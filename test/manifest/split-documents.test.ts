import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SourceDocument } from '../../src/manifest/documents/source-document.ts';
import { splitDocuments } from '../../src/manifest/documents/split-documents.ts';
import { splitJsonValues } from '../../src/manifest/documents/split-json-values.ts';

async function split(...chunks: string[]): Promise<SourceDocument[]> {
  return collect(splitDocuments(chunks));
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

async function texts(...chunks: string[]): Promise<[text: string, separator: string][]> {
  return (await split(...chunks)).map(({ text, separator }) => [text, separator]);
}

describe('documents', () => {
  test.each<[string, string, [string, string][]]>([
    ['nothing', '', []],
    ['one without a line break', 'a: 1', [['a: 1', '']]],
    [
      'two',
      'a: 1\n---\nb: 2\n',
      [
        ['a: 1\n', '---\n'],
        ['b: 2\n', ''],
      ],
    ],
    [
      'a comment behind the separator',
      'a: 1\n---  # b\nb: 2\n',
      [
        ['a: 1\n', '---  # b\n'],
        ['b: 2\n', ''],
      ],
    ],
    ['a separator in front', '---\na: 1\n', [['---\na: 1\n', '']]],
    [
      'comments alone',
      '# c\n---\na: 1\n',
      [
        ['# c\n', '---\n'],
        ['a: 1\n', ''],
      ],
    ],
    [
      'doubled separators',
      '---\n---\n\n---\n',
      [
        ['---\n', '---\n'],
        ['\n', '---\n'],
      ],
    ],
    ['a separator at the end', 'a: 1\n---', [['a: 1\n', '---']]],
    [
      'line ends of Windows',
      'a: 1\r\n---\r\nb: 2\r\n',
      [
        ['a: 1\r\n', '---\r\n'],
        ['b: 2\r\n', ''],
      ],
    ],
    [
      'an end mark',
      'a: 1\n...\nb: 2\n',
      [
        ['a: 1\n...\n', ''],
        ['b: 2\n', ''],
      ],
    ],
    [
      'JSON values in a row',
      '{"a":1}\n{"b":"}{"}{}',
      [
        ['{"a":1}\n', ''],
        ['{"b":"}{"}', ''],
        ['{}', ''],
      ],
    ],
    ['a dash that separates nothing', '- a\n--\n -- b\n', [['- a\n--\n -- b\n', '']]],
  ])('are found in %s', async (_, input, expected) => {
    expect(await texts(input)).toEqual(expected);
  });

  test('put together again are the input, however it is cut', async () => {
    const line = fc.constantFrom('---', '--- # c', 'a: 1', '{"a": 1}', '  - b', '', '...', '# x');
    await fc.assert(
      fc.asyncProperty(
        fc.array(line),
        fc.constantFrom('\n', '\r\n'),
        fc.nat(7),
        async (lines, end, size) => {
          const input = lines.join(end);
          const chunks = input.match(new RegExp(`[^]{1,${size + 1}}`, 'g')) ?? [];
          const found = await texts(...chunks);
          expect(found.flat().join('')).toBe(input);
          expect(found).toEqual(await texts(input));
        },
      ),
    );
  });

  test('know their number and the line they begin on', async () => {
    const found = await split('# c\n\n---\n\na: 1\n---\n---\n{}\n{}\n---\nb: 2\n');
    expect(found.map(({ text, number, line }) => [text.trim(), number, line])).toEqual([
      ['# c', 1, 1],
      ['a: 1', 2, 4],
      ['---\n{}', 3, 7],
      ['{}', 4, 9],
      ['b: 2', 5, 11],
    ]);
  });

  test('do not begin on the separator line', async () => {
    await expect(split('a: 1\n--- b: 2\n')).rejects.toMatchObject({
      code: 'OUTRIGGER_YAML',
      message: 'invalid Yaml document separator: b: 2',
      place: { line: 2, lineText: '--- b: 2' },
    });
    await expect(split('---x\n')).rejects.toThrow('invalid Yaml document separator: x');
  });

  test('of unlikely length are refused before they fill the memory', async () => {
    function* endless(): Generator<string> {
      for (;;) yield 'a'.repeat(1024 * 1024);
    }
    await expect(collect(splitDocuments(endless()))).rejects.toThrow('larger than 64 MiB');
  });
});

test.each([
  ['a: {b: 1}\n', 1],
  ['{a: 1}{b: 2}', 1],
  ['{"a": 1', 1],
  ['{"a": "\\"}"} {"b": "\\\\"}', 2],
  ['{} text', 1],
  ['\ufeff---\n{"a":[{}]}\n\n{}\n', 2],
])('JSON in %j is %i values', (text, count) => {
  const values = splitJsonValues(text);
  expect(values).toHaveLength(count);
  expect(values.join('')).toBe(text);
});
