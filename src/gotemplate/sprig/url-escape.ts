import { goQuote } from '../fmt/go-quote.ts';
import { GoCallError } from '../value/model.ts';
import { fromByteText, toByteText } from './byte-text.ts';

/** Parts of a URL that escape differently, as in Go's net/url. */
export type UrlPart = 'host' | 'path' | 'fragment' | 'userinfo';

const unreserved = /[0-9A-Za-z._~-]/;
/** Characters that each part keeps as they are, beside the unreserved ones. */
const kept: Readonly<Record<UrlPart, string>> = {
  host: '!$&\'()*+,;=:[]<>"',
  path: '$&+,/:;=@',
  fragment: '$&+,/:;=?@!()*',
  userinfo: '$&+,;=',
};

function keeps(part: UrlPart, byte: string): boolean {
  return unreserved.test(byte) || kept[part].includes(byte);
}

/** Percent-encodes what a part does not take. */
export function escapeUrl(text: string, part: UrlPart): string {
  let out = '';
  for (const byte of toByteText(text)) {
    const hex = byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
    out += keeps(part, byte) ? byte : `%${hex}`;
  }
  return out;
}

/** Decodes percent escapes; hosts may only hold some. */
export function unescapeUrl(text: string, part: UrlPart): string {
  const bytes = toByteText(text);
  let out = '';
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes.charAt(at);
    if (byte === '%') {
      const escaped = bytes.slice(at, at + 3);
      const code = /^%[0-9A-Fa-f]{2}$/.test(escaped) ? Number.parseInt(escaped.slice(1), 16) : -1;
      if (code < 0 || (part === 'host' && code < 0x80 && escaped !== '%25')) {
        throw new GoCallError(`invalid URL escape ${goQuote(escaped)}`);
      }
      out += String.fromCharCode(code);
      at += 2;
    } else if (part === 'host' && byte < '\x80' && !keeps('host', byte)) {
      throw new GoCallError(`invalid character ${goQuote(byte)} in host name`);
    } else {
      out += byte;
    }
  }
  return fromByteText(out);
}
