import { createHash } from 'node:crypto';
import { type FunctionMap, stringType } from '../value/model.ts';
import { fromBytes, toBytes } from '../value/utf8.ts';
import { toByteText } from './byte-text.ts';
import { fixed } from './define.ts';

function corrupt(encoding: string, at: number): string {
  return `illegal ${encoding} data at input byte ${at}`;
}

const base64Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const base32Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Index after the line breaks at `at`, which decoders skip. */
function afterBreaks(text: string, at: number): number {
  let end = at;
  while (text.charAt(end) === '\n' || text.charAt(end) === '\r') end++;
  return end;
}

/**
 * Where Go's base64 decoder stumbles: at the first byte that is wrong, or at the start of the last group
 * if that is not complete. -1: nowhere.
 */
function base64Problem(bytes: string): number {
  let inGroup = 0;
  for (let at = 0; at < bytes.length; at++) {
    const letter = bytes.charAt(at);
    if (letter === '\n' || letter === '\r') continue;
    if (letter === '=') return paddingProblem(bytes, at, inGroup);
    if (!base64Alphabet.includes(letter)) return at;
    inGroup = (inGroup + 1) % 4;
  }
  return inGroup === 0 ? -1 : bytes.length - inGroup;
}

function paddingProblem(bytes: string, at: number, inGroup: number): number {
  if (inGroup < 2) return at;
  let next = afterBreaks(bytes, at + 1);
  if (inGroup === 2) {
    if (next === bytes.length) return bytes.length;
    if (bytes.charAt(next) !== '=') return next - 1;
    next = afterBreaks(bytes, next + 1);
  }
  return next < bytes.length ? next : -1;
}

/** sprig gives the error's text as the result. */
function base64Decode(text: string): string {
  const bytes = toByteText(text);
  const problem = base64Problem(bytes);
  return problem >= 0 ? corrupt('base64', problem) : fromBytes(Buffer.from(bytes, 'base64'));
}

function base32Encode(text: string): string {
  let out = '';
  let pending = 0;
  let bits = 0;
  for (const byte of toBytes(text)) {
    pending = (pending << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) out += base32Alphabet[(pending >> (bits - 5)) & 31];
    pending &= (1 << bits) - 1;
  }
  if (bits > 0) out += base32Alphabet[(pending << (5 - bits)) & 31];
  return out.padEnd(Math.ceil(out.length / 8) * 8, '=');
}

/** How many letters a last group may have before its padding. */
const base32Tails: ReadonlySet<number> = new Set([0, 2, 4, 5, 7]);

function base32Problem(letters: string): number {
  const end = letters.search(/=|$/);
  for (let at = 0; at < end; at++) if (!base32Alphabet.includes(letters.charAt(at))) return at;
  const tail = end % 8;
  if (end === letters.length) return tail === 0 ? -1 : end - tail;
  const group = end - tail;
  if (tail < 2) return end;
  if (letters.length < group + 8) return letters.length;
  const wrong = letters.slice(end, group + 8).search(/[^=]/);
  if (wrong >= 0) return end + wrong;
  if (!base32Tails.has(tail)) return end;
  return letters.length > group + 8 ? end : -1;
}

function base32Decode(text: string): string {
  const letters = toByteText(text).replace(/[\r\n]/g, '');
  const problem = base32Problem(letters);
  if (problem >= 0) return corrupt('base32', problem);
  const bytes: number[] = [];
  let pending = 0;
  let bits = 0;
  for (const letter of letters) {
    if (letter === '=') break;
    pending = ((pending << 5) | base32Alphabet.indexOf(letter)) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((pending >> bits) & 0xff);
    }
  }
  return fromBytes(Uint8Array.from(bytes));
}

function adler32(text: string): string {
  let low = 1;
  let high = 0;
  for (const byte of toBytes(text)) {
    low = (low + byte) % 65521;
    high = (high + low) % 65521;
  }
  return String(high * 65536 + low);
}

function onText(call: (text: string) => string) {
  return fixed([stringType], stringType, call);
}

function hash(algorithm: string) {
  return onText((text) => createHash(algorithm).update(toBytes(text)).digest('hex'));
}

/** sprig's encodings and checksums. */
export const encodingFunctions: FunctionMap = {
  b64enc: onText((text) => Buffer.from(toBytes(text)).toString('base64')),
  b64dec: onText(base64Decode),
  b32enc: onText(base32Encode),
  b32dec: onText(base32Decode),
  sha1sum: hash('sha1'),
  sha256sum: hash('sha256'),
  sha512sum: hash('sha512'),
  adler32sum: onText(adler32),
};
