import { fromBytes, isAscii, toBytes } from '../value/utf8.ts';

/**
 * A string as text with one character for each byte, which is what functions work on that count bytes.
 * ASCII is the same either way.
 */
export function toByteText(text: string): string {
  return isAscii(text) ? text : Buffer.from(toBytes(text)).toString('latin1');
}

export function fromByteText(bytes: string): string {
  return isAscii(bytes) ? bytes : fromBytes(Buffer.from(bytes, 'latin1'));
}
