const simpleEscapes: { readonly [char: string]: string } = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
};

/** Made when it is first used: sets of Unicode characters take V8 a millisecond. */
let printablePattern: RegExp | undefined;
const plainPattern = /^[ !#-[\]-~]*$/;
/** What Go and JSON quote alike. */
const jsonPattern = /^[ -~\b\f\n\r\t]*$/;

/** Go's `unicode.IsPrint`: letters, marks, numbers, punctuation, symbols and the ASCII blank. */
export function isPrintable(char: string): boolean {
  printablePattern ??= /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;
  return printablePattern.test(char);
}

function escapeChar(char: string, asciiOnly: boolean): string {
  const simple = simpleEscapes[char];
  if (simple !== undefined) return simple;
  const code = char.codePointAt(0) ?? 0;
  if (code >= 0x20 && code < 0x7f) return char;
  if (code >= 0xdc80 && code <= 0xdcff) return `\\x${(code - 0xdc00).toString(16)}`;
  if (code >= 0xd800 && code <= 0xdfff) return '\\ufffd';
  if (code > 0x7f && !asciiOnly && isPrintable(char)) return char;
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}

/** Go's `strconv.Quote` (`%q`); with `asciiOnly`, `strconv.QuoteToASCII` (`%+q`). */
export function goQuote(text: string, asciiOnly = false): string {
  if (plainPattern.test(text)) return `"${text}"`;
  if (jsonPattern.test(text)) return JSON.stringify(text);
  let quoted = '"';
  for (const char of text) quoted += char === '"' ? '\\"' : escapeChar(char, asciiOnly);
  return `${quoted}"`;
}

/** Go's `strconv.QuoteRune` (`%q` of an integer). */
export function goQuoteRune(code: number, asciiOnly = false): string {
  const valid = code >= 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  const char = String.fromCodePoint(valid ? code : 0xfffd);
  return `'${char === "'" ? "\\'" : escapeChar(char, asciiOnly)}'`;
}

/** True when Go can write the text between backquotes (`%#q`). */
export function canBackquote(text: string): boolean {
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code === 0xfeff || (code < 0x20 && char !== '\t')) return false;
    if (char === '`' || code === 0x7f || (code >= 0xd800 && code <= 0xdfff)) return false;
  }
  return true;
}
