/** How YAML reads text that stands between quotes without being escaped. Exports: {@link quotedReadings}. */
import { hexEscapes, simpleEscapes } from '../../goyaml/index.ts';
import type { Marks } from './marks.ts';

/**
 * Line breaks in a quoted scalar, with the blanks behind them that are not content. Those before them are left to
 * the caller: an expression that looks for them would try each of a thousand blanks, and all that follow.
 */
const fold = /(?:\r\n?|[\n\u0085\u2028\u2029])[ \t\r\n\u0085\u2028\u2029]*/g;
const lineBreak = /\r\n?|[\n\u0085\u2028\u2029]/g;
const foldedAway = new Set([' ', '\t', '\n', '\r', '\u0085', '\u2028', '\u2029']);

/**
 * What marked text may have become in a place where YAML interprets it: nothing else, folded lines, the
 * escapes of double quotes (`\n`), the doubled quote of single ones. Whatever is not marked is taken as it is.
 */
export function* quotedReadings(text: string, marks: Marks): Generator<string, void, undefined> {
  yield marks.unmark(text);
  const lines = folded(text, marks);
  yield marks.unmark(lines);
  yield doubleQuoted(text, marks);
  yield doubleQuoted(lines, marks);
  yield singleQuoted(text, marks);
  yield singleQuoted(lines, marks);
}

/**
 * One line break becomes a blank; of several, the first goes, unless it is a separator of Unicode's. Escapes
 * come later: they make breaks that stay.
 */
function folded(text: string, marks: Marks): string {
  let spaced = '';
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    const meaning = marks.meaning(character) ?? character;
    spaced += foldedAway.has(meaning) ? meaning : character;
  }
  let result = '';
  let from = 0;
  for (const { 0: space, index } of spaced.matchAll(fold)) {
    let end = index;
    while (end > from && (spaced[end - 1] === ' ' || spaced[end - 1] === '\t')) end--;
    result += spaced.slice(from, end) + foldedBreaks(space);
    from = index + space.length;
  }
  return result + spaced.slice(from);
}

function foldedBreaks(space: string): string {
  const [first = '\n', ...others] = (space.match(lineBreak) ?? []).map((found) =>
    found === '\u2028' || found === '\u2029' ? found : '\n',
  );
  if (first !== '\n') return first + others.join('');
  return others.length === 0 ? ' ' : others.join('');
}

function doubleQuoted(text: string, marks: Marks): string {
  const plain = marks.unmark(text);
  let read = '';
  for (let at = 0; at < text.length; at++) {
    if (marks.meaning(text.charAt(at)) !== '\\') {
      read += plain.charAt(at);
      continue;
    }
    at++;
    const letter = plain.charAt(at);
    const digits = hexEscapes.get(letter);
    if (digits === undefined) {
      read += simpleEscapes.get(letter) ?? `\\${letter}`;
      continue;
    }
    const code = Number.parseInt(plain.slice(at + 1, at + 1 + digits), 16);
    read += code <= 0x10ffff ? String.fromCodePoint(code) : '';
    at += digits;
  }
  return read;
}

function singleQuoted(text: string, marks: Marks): string {
  const plain = marks.unmark(text);
  let read = '';
  for (let at = 0; at < text.length; at++) {
    read += plain.charAt(at);
    if (marks.meaning(text.charAt(at)) === "'" && plain.charAt(at + 1) === "'") at++;
  }
  return read;
}
