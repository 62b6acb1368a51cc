import { BLANK, BLANK_CODE, BREAK, characterClass, END, HASH, TAB } from './characters.ts';
import { GoYamlError } from './error.ts';
import type { Source } from './source.ts';

/** Where a scanned scalar ends, what it says, and where the line on which it ends begins. */
export interface ScannedScalar {
  readonly value: string;
  readonly end: number;
  readonly lineStart: number;
}

/**
 * Scans a literal (`|`) or folded (`>`) block scalar whose indicator is at `start`.
 *
 * @param parentIndent column of the enclosing block collection, -1 at top level
 */
export function scanBlockScalar(
  source: Source,
  start: number,
  parentIndent: number,
): ScannedScalar {
  const literal = source.code(start) === 0x7c;
  const header = readHeader(source, start + 1, start);
  let indent = header.increment > 0 ? Math.max(parentIndent, 0) + header.increment : 0;
  let pos = header.end;
  let lineStart = pos;
  let trailing = '';

  /** Skips indentation and empty lines; collects the breaks; finds the indentation if it is not given. */
  function skipEmptyLines(): void {
    let widest = 0;
    trailing = '';
    for (;;) {
      while ((indent === 0 || pos - lineStart < indent) && source.code(pos) === BLANK_CODE) {
        pos++;
      }
      const column = pos - lineStart;
      if (column > widest) widest = column;
      const code = source.code(pos);
      if ((indent === 0 || column < indent) && code === TAB) {
        throw new GoYamlError(
          'found a tab character where an indentation space is expected',
          source.text,
          pos,
        );
      }
      if (((characterClass[code] ?? 0) & BREAK) === 0) break;
      trailing += source.breakText(pos);
      pos = lineStart = source.afterBreak(pos);
    }
    if (indent === 0) indent = Math.max(widest, parentIndent + 1, 1);
  }

  skipEmptyLines();
  let value = '';
  let leadingBreak = '';
  let previousWasIndented = false;
  while (pos - lineStart === indent && source.code(pos) !== 0) {
    const startsBlank = (source.bits(pos) & BLANK) !== 0;
    if (!literal && leadingBreak === '\n' && !previousWasIndented && !startsBlank) {
      if (trailing === '') value += ' ';
    } else {
      value += leadingBreak;
    }
    value += trailing;
    previousWasIndented = startsBlank;
    const contentStart = pos;
    pos = source.lineEnd(pos);
    value += source.text.slice(contentStart, pos);
    if (source.code(pos) === 0) {
      leadingBreak = '';
      trailing = '';
      break;
    }
    leadingBreak = source.breakText(pos);
    pos = lineStart = source.afterBreak(pos);
    skipEmptyLines();
  }
  if (header.chomping !== '-') value += leadingBreak;
  if (header.chomping === '+') value += trailing;
  return { value, end: pos, lineStart };
}

interface Header {
  readonly chomping: '' | '+' | '-';
  /** 0: to be found out. */
  readonly increment: number;
  readonly end: number;
}

function readHeader(source: Source, from: number, start: number): Header {
  let pos = from;
  let chomping: Header['chomping'] = '';
  let increment = 0;
  for (;;) {
    const character = source.text.charAt(pos);
    if (chomping === '' && (character === '+' || character === '-')) {
      chomping = character;
    } else if (increment === 0 && character >= '0' && character <= '9') {
      if (character === '0') {
        throw new GoYamlError('found an indentation indicator equal to 0', source.text, start);
      }
      increment = Number(character);
    } else {
      break;
    }
    pos++;
  }
  while ((source.bits(pos) & BLANK) !== 0) pos++;
  if (source.code(pos) === HASH) {
    while ((source.bits(pos) & (BREAK | END)) === 0) pos++;
  }
  const code = source.bits(pos);
  if ((code & END) !== 0) return { chomping, increment, end: pos };
  if ((code & BREAK) === 0) {
    throw new GoYamlError('did not find expected comment or line break', source.text, start);
  }
  return { chomping, increment, end: source.afterBreak(pos) };
}
