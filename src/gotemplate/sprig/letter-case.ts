/**
 * Go's case mappings: one code point to one code point. JavaScript's own go by whole strings and may make
 * several characters of one.
 *
 * Sets of Unicode characters are written where they are used: to make them takes V8 long.
 */

/** Letters with iota subscript, whose upper case is a single letter eight (or nine) places on. */
const iotaBlocks = /^[\u1f80-\u1f87\u1f90-\u1f97\u1fa0-\u1fa7]$/;
const iotaSingles = /^[\u1fb3\u1fc3\u1ff3]$/;

function single(original: string, mapped: string): string {
  const length = mapped.length;
  return length === 1 || (length === 2 && (mapped.codePointAt(0) ?? 0) > 0xffff)
    ? mapped
    : original;
}

/** `unicode.ToUpper` */
export function upperChar(char: string): string {
  const code = char.charCodeAt(0);
  if (iotaBlocks.test(char)) return String.fromCharCode(code + 8);
  if (iotaSingles.test(char)) return String.fromCharCode(code + 9);
  return single(char, char.toUpperCase());
}

/** `unicode.ToLower` */
export function lowerChar(char: string): string {
  return char === 'İ' ? 'i' : single(char, char.toLowerCase());
}

const digraphs = 'ǄǅǆǇǈǉǊǋǌǱǲǳ';
const georgian = /^[\u10d0-\u10ff]$/;

/** `unicode.ToTitle`: differs from upper case for four digraphs and Georgian. */
function titleChar(char: string): string {
  const at = digraphs.indexOf(char);
  if (at >= 0) return digraphs.charAt(at - (at % 3) + 1);
  return georgian.test(char) ? char : upperChar(char);
}

const ascii = /^[\0-\x7f]*$/;

function mapAll(text: string, map: (char: string) => string): string {
  let mapped = '';
  for (const char of text.replace(/\p{Surrogate}/gu, '\ufffd')) mapped += map(char);
  return mapped;
}

/** `strings.ToUpper` */
export function toUpper(text: string): string {
  return ascii.test(text) ? text.toUpperCase() : mapAll(text, upperChar);
}

/** `strings.ToLower` */
export function toLower(text: string): string {
  return ascii.test(text) ? text.toLowerCase() : mapAll(text, lowerChar);
}

const space = /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/;

/** `unicode.IsSpace` */
export function isSpace(char: string): boolean {
  return space.test(char);
}

/** What `strings.Title` takes for the end of a word. */
function separatesWords(char: string): boolean {
  if (char < '\x80') return !/[0-9A-Za-z_]/.test(char);
  return !/^[\p{L}\p{Nd}]$/u.test(char) && isSpace(char);
}

/** `strings.Title`: the first letter of each word. */
export function toTitle(text: string): string {
  let before = ' ';
  return mapAll(text, (char) => {
    const mapped = separatesWords(before) ? titleChar(char) : char;
    before = char;
    return mapped;
  });
}

/** The first letter of each word that white space separates, in lower case. */
export function untitle(text: string): string {
  let atStart = true;
  return mapAll(text, (char) => {
    const mapped = atStart && !isSpace(char) ? lowerChar(char) : char;
    atStart = isSpace(char);
    return mapped;
  });
}

/** Upper and title case to lower; lower to upper, or to title case at the start of a word. */
export function swapCase(text: string): string {
  let atStart = true;
  return mapAll(text, (char) => {
    if (/^\p{Lu}$/u.test(char) || digraphs.indexOf(char) % 3 === 1) {
      atStart = false;
      return lowerChar(char);
    }
    if (/^\p{Ll}$/u.test(char)) {
      const mapped = atStart ? titleChar(char) : upperChar(char);
      atStart = false;
      return mapped;
    }
    atStart = isSpace(char);
    return char;
  });
}
