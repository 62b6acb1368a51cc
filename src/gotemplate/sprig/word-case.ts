import { isSpace, lowerChar, upperChar } from './letter-case.ts';

/** Kinds of words that {@link splitWords} tells apart, as huandu/xstrings does. */
type WordKind = 'connector' | 'punctuation' | 'upper' | 'letters' | 'digits' | 'other' | 'end';

interface Word {
  readonly kind: WordKind;
  readonly text: string;
}

const spaces = '\\s\\u0085';
// Ideographs are letters without case that never join a word.
const letter = '(?:(?![\\p{Lu}\\u3400-\\u4dbf\\u4e00-\\u9fff\\u{20000}-\\u{2b81f}])\\p{L})';
/** A run of capitals leaves its last one to the lower-case letters that follow. */
const makePattern = () =>
  new RegExp(
    [
      `(?<connector>[-_${spaces}]+)`,
      '(?<punctuation>\\p{P}+)',
      `(?<upper>\\p{Lu}+(?=\\p{Lu}${letter})|\\p{Lu}${letter}+|\\p{Lu}+)`,
      `(?<letters>${letter}+)`,
      '(?<digits>\\p{N}+)',
      `(?<other>(?:(?!${letter})[^-_${spaces}\\p{P}\\p{N}\\p{Lu}])+)`,
    ].join('|'),
    'gu',
  );
/** Made when it is first used: sets of Unicode characters take V8 longer than all of this file. */
let pattern: RegExp | undefined;

function splitWords(text: string): Word[] {
  pattern ??= makePattern();
  const words: Word[] = [];
  for (const match of text.matchAll(pattern)) {
    for (const [kind, part] of Object.entries(match.groups ?? {})) {
      if (part !== undefined) words.push({ kind: kind as WordKind, text: part });
    }
  }
  return words;
}

const joinsNothing: ReadonlySet<WordKind> = new Set(['connector', 'punctuation', 'end']);

/**
 * `snakecase` and `kebabcase`: words in lower case, a connector between neighbours. Digits before letters
 * go with them (`2xx`), digits after letters with those (`bld4`), if no letters follow.
 */
export function joinWords(text: string, connector: string): string {
  const words = splitWords(text);
  let at = 0;
  let out = '';
  const kind = (): WordKind => words[at]?.kind ?? 'end';
  const write = () => {
    const word = words[at++];
    if (word !== undefined) out += wordText(word, connector);
  };
  /** Writes digits with all that belongs to them, and what separates them from the next word. */
  const writeDigits = () => {
    write();
    while (kind() === 'letters' || kind() === 'digits') write();
    if (!joinsNothing.has(kind())) out += connector;
  };
  while (at < words.length) {
    const current = kind();
    if (current === 'digits') {
      writeDigits();
      continue;
    }
    write();
    if (joinsNothing.has(current) || joinsNothing.has(kind())) continue;
    if (kind() !== 'digits') {
      out += connector;
    } else if (words[at + 1]?.kind === 'letters') {
      out += connector;
      writeDigits();
    } else {
      write();
      if (!joinsNothing.has(kind())) out += connector;
    }
  }
  return out;
}

function wordText(word: Word, connector: string): string {
  if (word.kind === 'connector') return connector.repeat(Array.from(word.text).length);
  return word.kind === 'upper' ? Array.from(word.text, lowerChar).join('') : word.text;
}

function isConnector(char: string): boolean {
  return char === '-' || char === '_' || isSpace(char);
}

const isUpper = (char: string): boolean => /^\p{Lu}$/u.test(char);

/**
 * `camelcase`, in Pascal style: separators go and the letter after them becomes a capital. Leading
 * separators stay; of several in a row only the last goes. A run of capitals keeps its first.
 */
export function pascalCase(text: string): string {
  const chars = Array.from(text);
  const start = chars.findIndex((char) => !isConnector(char));
  if (start < 0) return text + (chars.at(-1) ?? '');
  let out = chars.slice(0, start).join('');
  let inCapitals = isUpper(chars[start] ?? '');
  let last = upperChar(chars[start] ?? '');
  for (const char of chars.slice(start + 1)) {
    if (isConnector(last)) {
      if (isConnector(char)) {
        out += last;
        last = char;
      } else {
        inCapitals = isUpper(char);
        last = upperChar(char);
      }
      continue;
    }
    out += last;
    if (inCapitals && isUpper(char)) {
      last = lowerChar(char);
    } else {
      inCapitals = false;
      last = char;
    }
  }
  return out + last;
}
