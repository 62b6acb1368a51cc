import { toByteText } from './byte-text.ts';

/** Quotes text as Go's package time does in its errors: everything but printable ASCII byte by byte. */
export function timeQuote(text: string): string {
  let quoted = '';
  for (const byte of toByteText(text)) {
    if (byte === '"' || byte === '\\') quoted += `\\${byte}`;
    else if (byte >= ' ' && byte < '\x80') quoted += byte;
    else quoted += `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`;
  }
  return `"${quoted}"`;
}
