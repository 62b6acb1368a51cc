/**
 * What YAML 1.1 makes of each UTF-16 unit, as bits in one table: the scanner looks at every character of
 * every rendered template, and one table look-up is the cheapest question it can ask.
 */
export const BLANK = 1;
/** Line breaks of YAML 1.1: LF, CR and also NEL, LS and PS. */
export const BREAK = 2;
/** NUL, which the scanner appends as a sentinel; in the text itself it is refused. */
export const END = 4;
/** Ends a plain scalar inside `[]` or `{}`. */
export const FLOW_STOP = 8;
/** Cannot (always) be the first character of a plain scalar; a tab never can. */
export const INDICATOR = 16;

export const SPACE_OR_END: number = BLANK | BREAK | END;
export const SPACE: number = BLANK | BREAK;

export const characterClass: Uint8Array = new Uint8Array(0x10000);
for (const [bits, characters] of [
  [BLANK, ' \t'],
  [BREAK, '\n\r\u0085\u2028\u2029'],
  [END, '\0'],
  [FLOW_STOP, ',?[]{}'],
  [INDICATOR, '\t-?:,[]{}#&*!|>\'"%@`'],
] as const) {
  for (const character of characters) {
    const code = character.charCodeAt(0);
    characterClass[code] = (characterClass[code] ?? 0) | bits;
  }
}

/** Codes of the characters that the scanner names. */
export const TAB = 0x09;
export const LF = 0x0a;
export const CR = 0x0d;
export const BLANK_CODE = 0x20;
export const DOUBLE_QUOTE = 0x22;
export const HASH = 0x23;
export const SINGLE_QUOTE = 0x27;
export const DASH = 0x2d;
export const DOT = 0x2e;
export const COLON = 0x3a;
export const QUESTION = 0x3f;
export const BACKSLASH = 0x5c;
