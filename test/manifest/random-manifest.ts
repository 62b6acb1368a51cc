import type { JsonObject, JsonValue } from '../../src/json.ts';

/**
 * Random YAML as people write it: comments, quotes, flow collections, blank lines, anchors, odd indents.
 * Driven by a seeded generator, so that a failing seed can be replayed.
 */
export type Random = (max: number) => number;

/** Whole numbers from 0 up to and including a maximum. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return (max) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % (max + 1);
  };
}

export interface Options {
  readonly flow: boolean;
  readonly aliases: boolean;
  /** Whether a list may start on the line of the dash it belongs to: `- - a`. */
  readonly compact: boolean;
  /** Whether the text always ends with a line break. */
  readonly lastBreak: boolean;
}

const words = [
  'app',
  'image',
  'name',
  'labels',
  'spec',
  'metadata',
  'a b',
  'v1',
  'x.y/z',
  'yes',
  '1.0',
  'n',
];
const scalars = [
  'text',
  '"double"',
  "'single'",
  '12',
  '0777',
  'true',
  'off',
  '1.5',
  '~',
  '"a: b # c"',
  "'it''s'",
  'a:b',
  '--flag=x',
  '{}',
  '[]',
  '"new\\nline"',
];

export function randomManifest(
  int: Random,
  { flow, aliases, compact, lastBreak }: Options,
): string {
  const pick = <T>(list: readonly T[]): T => list[int(list.length - 1)] as T;
  const chance = (percent: number): boolean => int(99) < percent;
  const step = pick([2, 2, 2, 4]);
  const dash = pick([0, 0, 2]);
  const anchors: string[] = [];
  let comments = 0;

  const noise = (column: number): string[] => {
    const lines: string[] = [];
    for (let left = 3; left > 0 && chance(20); left--) {
      lines.push(
        chance(30)
          ? ''
          : `${' '.repeat(pick([0, column, column, column + step]))}# comment ${++comments}`,
      );
    }
    return lines;
  };
  const tail = (): string => (chance(15) ? `  # comment ${++comments}` : '');
  const key = (): string => {
    const word = pick(words);
    return chance(15) || /[ ]/.test(word) ? JSON.stringify(word) : word;
  };
  const flowText = (depth: number): string => {
    if (depth === 0 || chance(50))
      return pick(scalars.filter((text) => text !== '~' && !text.includes('#')));
    const size = int(3);
    return chance(50)
      ? `[${Array.from({ length: size }, () => flowText(depth - 1)).join(', ')}]`
      : `{${Array.from({ length: size }, () => `${key()}: ${flowText(depth - 1)}`).join(', ')}}`;
  };
  /** Lines of a value for a slot whose own column is given; the first line goes after the key or dash. */
  const slot = (column: number, depth: number, parent: 'key' | 'dash'): string[] => {
    const roll = int(99);
    if (aliases && anchors.length > 0 && roll < 8) return [` *${pick(anchors)}${tail()}`];
    if (depth === 0 || roll < 40) {
      if (roll < 4)
        return [
          ` |${pick(['', '-', '+'])}`,
          `${' '.repeat(column + 2)}line # one`,
          '',
          `${' '.repeat(column + 2)}- two`,
        ];
      if (roll < 6)
        return [` >-${tail()}`, `${' '.repeat(column + 3)}folded`, `${' '.repeat(column + 3)}text`];
      if (roll < 8) return [tail()];
      if (roll < 9) return [` plain over`, `${' '.repeat(column + 3)}two lines`];
      return [` ${pick(scalars)}${tail()}`];
    }
    if (flow && roll < 55) return [` ${flowText(2)}${tail()}`];
    let anchor = '';
    if (aliases && chance(15)) {
      anchor = ` &n${anchors.length}${comments}`;
    }
    const isMap = chance(60);
    const inner = parent === 'dash' ? column + 2 : column + (isMap ? step : dash);
    const lines = isMap ? mapLines(inner, depth - 1) : listLines(inner, depth - 1);
    if (anchor !== '') anchors.push(anchor.slice(2));
    if (parent === 'dash' && anchor === '' && chance(80) && (isMap || compact)) {
      const [first = '', ...rest] = lines;
      if (!/^\s*(?:#|$)/.test(first)) return [` ${first.trimStart()}`, ...rest];
    }
    return [anchor + tail(), ...noise(inner), ...lines];
  };
  const mapLines = (column: number, depth: number): string[] => {
    const keys = new Set(Array.from({ length: 1 + int(3) }, key));
    const seen = new Set<string>();
    return [...keys].flatMap((name, index) => {
      const bare = name.replaceAll('"', '');
      if (seen.has(bare)) return [];
      seen.add(bare);
      const [first = '', ...rest] = slot(column, depth, 'key');
      return [
        ...(index > 0 ? noise(column) : []),
        `${' '.repeat(column)}${name}:${first}`,
        ...rest,
      ];
    });
  };
  const listLines = (column: number, depth: number): string[] =>
    Array.from({ length: 1 + int(2) }, (_, index) => {
      const [first = '', ...rest] = slot(column, depth, 'dash');
      return [...(index > 0 ? noise(column) : []), `${' '.repeat(column)}-${first}`, ...rest];
    }).flat();

  const lines = [...noise(0), ...mapLines(0, 4), ...noise(0)];
  const lineBreak = chance(15) ? '\r\n' : '\n';
  return (
    (chance(5) ? '\ufeff' : '') + lines.join(lineBreak) + (lastBreak || chance(85) ? lineBreak : '')
  );
}

/** Values that get added: what injection adds, and whatever is hard to write down. */
export const newValues: readonly JsonValue[] = [
  'plain',
  'true',
  'n',
  '',
  ' padded ',
  '12',
  '1e3',
  'a: b',
  '# no comment',
  '- dash',
  '{"json":["text"]}',
  "it's",
  'two\nlines\n',
  'no\nend',
  '\n',
  ' lead\ning',
  'tab\tand\u0001\u2028',
  'ünïcödé 😀',
  'much too long for one line, much too long for one line, much too long for one line, much too long',
  0,
  -1.5,
  true,
  null,
  {},
  [],
  { name: 'proxy', args: ['--a', '{"x": 1}'], env: [{ name: 'A', value: 'two\nlines\n' }] },
  [[1, [2]], { a: [] }],
];

function isNameless(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null && !Object.hasOwn(value, 'name');
}

/** Changes a value at random: adds and, unless `additive`, also replaces and removes. */
export function randomChange(int: Random, value: JsonValue, additive: boolean): JsonValue {
  // Where nothing but additions is expected, a new list or object must not pass for an old one.
  const choice = additive ? newValues.filter((value) => !isNameless(value)) : newValues;
  const fresh = (): JsonValue => structuredClone(choice[int(choice.length - 1)] as JsonValue);
  const change = (node: JsonValue): JsonValue => {
    if (typeof node !== 'object' || node === null) {
      return additive ? node : fresh();
    }
    const roll = int(99);
    if (Array.isArray(node)) {
      if (node.length === 0) return additive ? node : [fresh()];
      const at = int(node.length);
      if (roll < 30) return node.toSpliced(at, 0, fresh());
      const index = Math.min(at, node.length - 1);
      if (!additive && roll < 45) return node.toSpliced(index, 1);
      return node.with(index, change(node[index] as JsonValue));
    }
    const keys = Object.keys(node);
    if (keys.length === 0) return additive ? node : { added: fresh() };
    if (roll < 30) return { ...node, [`added${int(3)}`]: fresh() };
    const key = keys[int(keys.length - 1)] as string;
    if (!additive && roll < 45) {
      const { [key]: _, ...rest } = node;
      return rest;
    }
    return { ...node, [key]: change(node[key] as JsonValue) } as JsonObject;
  };
  let result = value;
  for (let times = 1 + int(3); times > 0; times--) result = change(result);
  return result;
}
