import { GoCallError } from '../value/model.ts';
import { checkTextLength, repeated } from './bounds.ts';
import { fromByteText, toByteText } from './byte-text.ts';
import { isSpace } from './letter-case.ts';

/** sprig's functions that cut and lay out text; they count bytes. */

/** The first (or, negative, the last) bytes. */
export function trunc(count: number, text: string): string {
  const bytes = toByteText(text);
  return fromByteText(count < 0 ? bytes.slice(count) : bytes.slice(0, count));
}

function outOfRange(bounds: string): never {
  throw new GoCallError(`runtime error: slice bounds out of range ${bounds}`);
}

export function substr(start: number, end: number, text: string): string {
  const bytes = toByteText(text);
  const { length } = bytes;
  if (start < 0) {
    if (end < 0) outOfRange(`[:${end}]`);
    if (end > length) outOfRange(`[:${end}] with length ${length}`);
    return fromByteText(bytes.slice(0, end));
  }
  const to = end < 0 || end > length ? length : end;
  if (start > to) outOfRange(`[${start}:${to}]`);
  return fromByteText(bytes.slice(start, to));
}

const marker = '...';

/** Cuts text at its end and puts dots there. */
export function abbrev(width: number, text: string): string {
  return abbrevBoth(0, width, text);
}

/** Cuts text at both ends; `left` is about where the part begins that stays. */
export function abbrevBoth(left: number, width: number, text: string): string {
  if (width < 4 || (left > 0 && width < 7)) return text;
  return fromByteText(shorten(left, width, toByteText(text)));
}

function shorten(left: number, width: number, bytes: string): string {
  const { length } = bytes;
  if (width < 4 || length <= width) return bytes;
  const room = width - marker.length;
  const from = Math.min(left, length - room);
  if (from <= 4) return bytes.slice(0, room) + marker;
  if (from + room < length) return marker + shorten(0, room, bytes.slice(from));
  return marker + bytes.slice(length - room);
}

/** The first byte of each word, as a character of its own. */
export function initials(text: string): string {
  let out = '';
  let atStart = true;
  for (const byte of toByteText(text)) {
    const blank = isSpace(byte);
    if (atStart && !blank) out += byte;
    atStart = blank;
  }
  return out;
}

/** Drops white space byte by byte: what is left are the bytes as characters, if anything was dropped. */
export function nospace(text: string): string {
  const bytes = toByteText(text);
  const left = Array.from(bytes)
    .filter((byte) => !isSpace(byte))
    .join('');
  return left.length === bytes.length ? text : left;
}

/** Breaks text at blanks into lines of at most `width` bytes; `cutWords` also breaks words. */
export function wrapText(
  width: number,
  separator: string,
  text: string,
  cutWords: boolean,
): string {
  const bytes = toByteText(text);
  const size = Math.max(width, 1);
  const lineBreak = separator === '' ? '\n' : toByteText(separator);
  const lines: string[] = [];
  let at = 0;
  while (bytes.length - at > size) {
    if (bytes.charAt(at) === ' ') {
      at++;
      continue;
    }
    let end = bytes.lastIndexOf(' ', at + size);
    if (end >= at) {
      lines.push(bytes.slice(at, end));
      at = end + 1;
    } else if (cutWords) {
      lines.push(bytes.slice(at, at + size));
      at += size;
    } else {
      end = bytes.indexOf(' ', at + size);
      if (end < 0) break;
      lines.push(bytes.slice(at, end));
      at = end + 1;
    }
  }
  lines.push(bytes.slice(at));
  return fromByteText(lines.join(lineBreak));
}

/** sprig's `indent`: blanks before every line, empty ones included. */
export function indentLines(count: number, text: string): string {
  const blanks = repeated(' ', count);
  const lines = text.split('\n');
  checkTextLength(text.length + lines.length * blanks.length);
  return blanks + lines.join(`\n${blanks}`);
}
