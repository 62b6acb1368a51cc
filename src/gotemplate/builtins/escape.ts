import { isPrintable } from '../fmt/go-quote.ts';
import { sprint } from '../fmt/sprint.ts';
import { GoPointer } from '../value/model.ts';
import { toBytes } from '../value/utf8.ts';

/** The arguments as one text; no value and nil read `<no value>`, pointers are followed. */
function joined(args: readonly unknown[]): string {
  const [only] = args;
  if (args.length === 1 && typeof only === 'string') return only;
  return sprint(
    args.map((arg) => {
      if (arg === undefined || arg === null) return '<no value>';
      return arg instanceof GoPointer ? arg.target : arg;
    }),
  );
}

const htmlEscapes: { readonly [char: string]: string } = {
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\0': '\ufffd',
};

/** `html`: escapes for HTML text. */
export function html(...args: readonly unknown[]): string {
  return joined(args).replace(/["'&<>\0]/g, (char) => htmlEscapes[char] ?? char);
}

const jsEscapes: { readonly [char: string]: string } = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '<': '\\u003C',
  '>': '\\u003E',
  '&': '\\u0026',
  '=': '\\u003D',
};

/** `js`: escapes for a JavaScript string. */
export function js(...args: readonly unknown[]): string {
  let text = '';
  for (const char of joined(args)) {
    const code = char.codePointAt(0) ?? 0;
    const known = jsEscapes[char];
    if (known !== undefined) text += known;
    else if (code < 0x20) text += `\\u00${code.toString(16).toUpperCase().padStart(2, '0')}`;
    else if (code < 0x80 || isPrintable(char)) text += char;
    else text += `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
  }
  return text;
}

/** `urlquery`: escapes for the query part of a URL. */
export function urlquery(...args: readonly unknown[]): string {
  let text = '';
  for (const byte of toBytes(joined(args))) {
    const char = String.fromCharCode(byte);
    if (byte < 0x80 && /[A-Za-z0-9\-_.~]/.test(char)) text += char;
    else if (byte === 0x20) text += '+';
    else text += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return text;
}
