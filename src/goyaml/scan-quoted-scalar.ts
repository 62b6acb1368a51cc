import {
  BACKSLASH,
  BLANK,
  BREAK,
  characterClass,
  DOUBLE_QUOTE,
  END,
  SINGLE_QUOTE,
  SPACE,
  SPACE_OR_END,
} from './characters.ts';
import { GoYamlError } from './error.ts';
import { hexEscapes, simpleEscapes } from './quoted-escapes.ts';
import type { ScannedScalar } from './scan-block-scalar.ts';
import type { Source } from './source.ts';

/** Scans a quoted scalar whose opening quote is at `start`. */
export function scanQuotedScalar(source: Source, start: number, lineStart: number): ScannedScalar {
  const quote = source.code(start);
  // Nearly all quoted scalars are one piece of text.
  let pos = start + 1;
  for (;;) {
    const code = source.code(pos);
    if (code === quote) {
      if (quote === SINGLE_QUOTE && source.code(pos + 1) === SINGLE_QUOTE) break;
      return { value: source.text.slice(start + 1, pos), end: pos + 1, lineStart };
    }
    if (code === BACKSLASH && quote === DOUBLE_QUOTE) break;
    if (((characterClass[code] ?? 0) & (BREAK | END)) !== 0) break;
    pos++;
  }
  return scanPieces(source, start, quote, lineStart);
}

/** The general case: escapes and several lines, which are folded. */
function scanPieces(
  source: Source,
  start: number,
  quote: number,
  startLine: number,
): ScannedScalar {
  let value = '';
  let lineStart = startLine;
  let pos = start + 1;
  for (;;) {
    if (pos === lineStart && source.isDocumentMark(pos)) {
      throw new GoYamlError('found unexpected document indicator', source.text, pos);
    }
    if (source.code(pos) === 0) {
      throw new GoYamlError('found unexpected end of stream', source.text, start);
    }
    let breakIsEscaped = false;
    let pieceStart = pos;
    for (;;) {
      const code = source.code(pos);
      if (((characterClass[code] ?? 0) & SPACE_OR_END) !== 0) break;
      if (code === quote) {
        if (quote === DOUBLE_QUOTE || source.code(pos + 1) !== SINGLE_QUOTE) break;
        value += source.text.slice(pieceStart, pos + 1);
        pos += 2;
        pieceStart = pos;
      } else if (code === BACKSLASH && quote === DOUBLE_QUOTE) {
        value += source.text.slice(pieceStart, pos);
        if ((source.bits(pos + 1) & BREAK) !== 0) {
          pos = pieceStart = lineStart = source.afterBreak(pos + 1);
          breakIsEscaped = true;
          break;
        }
        const escaped = readEscape(source, pos, start);
        value += escaped.value;
        pos = pieceStart = escaped.end;
      } else {
        pos++;
      }
    }
    value += source.text.slice(pieceStart, pos);
    if (source.code(pos) === quote) return { value, end: pos + 1, lineStart };

    const gap = scanGap(source, pos, lineStart, breakIsEscaped);
    value += gap.value;
    pos = gap.end;
    lineStart = gap.lineStart;
  }
}

/**
 * White space between two pieces of a quoted or plain scalar: kept as it is within a line, folded over
 * line breaks (one break is a blank, n breaks are n-1 breaks).
 */
function scanGap(
  source: Source,
  start: number,
  startLine: number,
  breakIsEscaped: boolean,
): ScannedScalar {
  let pos = start;
  let lineStart = startLine;
  let first = '';
  let more = '';
  let folded = breakIsEscaped;
  for (;;) {
    const bits = source.bits(pos) & SPACE;
    if (bits === 0) break;
    if ((bits & BLANK) !== 0) {
      pos++;
      continue;
    }
    if (folded) {
      more += source.breakText(pos);
    } else {
      folded = true;
      first = source.breakText(pos);
    }
    pos = lineStart = source.afterBreak(pos);
  }
  if (!folded) return { value: source.text.slice(start, pos), end: pos, lineStart };
  return { value: foldBreaks(first, more), end: pos, lineStart };
}

/** What the breaks between two lines of a flow scalar amount to. */
export function foldBreaks(first: string, more: string): string {
  if (first !== '\n') return first + more;
  return more === '' ? ' ' : more;
}

const hexDigits = /^[0-9A-Fa-f]+$/;

function readEscape(source: Source, at: number, start: number): { value: string; end: number } {
  const letter = source.text.charAt(at + 1);
  const simple = simpleEscapes.get(letter);
  if (simple !== undefined) return { value: simple, end: at + 2 };
  const length = hexEscapes.get(letter);
  if (length === undefined) {
    throw new GoYamlError('found unknown escape character', source.text, start);
  }
  const digits = source.text.slice(at + 2, at + 2 + length);
  if (digits.length !== length || !hexDigits.test(digits)) {
    throw new GoYamlError('did not find expected hexdecimal number', source.text, start);
  }
  const code = Number.parseInt(digits, 16);
  // Surrogates are refused even in pairs, although JSON writes astral characters that way.
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) {
    throw new GoYamlError('found invalid Unicode character escape code', source.text, start);
  }
  return { value: String.fromCodePoint(code), end: at + 2 + length };
}
