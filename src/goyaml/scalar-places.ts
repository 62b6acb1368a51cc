import { scan } from './scan.ts';
import { scanQuotedScalar } from './scan-quoted-scalar.ts';
import { Source } from './source.ts';
import { T } from './tokens.ts';

/** How a scalar is written. */
export type ScalarWriting = 'plain' | 'single' | 'double' | 'literal' | 'folded';

/** A scalar of a text, keys included: where it starts, and where the next token starts at the latest. */
export interface ScalarPlace {
  readonly start: number;
  readonly end: number;
  readonly writing: ScalarWriting;
}

const writings: { readonly [first: string]: ScalarWriting } = {
  "'": 'single',
  '"': 'double',
  '|': 'literal',
  '>': 'folded',
};

/** The scalars of a text's first document in order, up to the first mistake. */
export function scalarPlaces(text: string): readonly ScalarPlace[] {
  const tokens = scan(text);
  const places: ScalarPlace[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const kind = tokens.kind(at);
    if (kind !== T.PLAIN && kind !== T.QUOTED) continue;
    const start = tokens.offset(at);
    const writing = kind === T.PLAIN ? 'plain' : (writings[text.charAt(start)] ?? 'plain');
    const end = at + 1 < tokens.length ? tokens.offset(at + 1) : text.length;
    places.push({ start, end, writing });
  }
  return places;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a quoted scalar cannot simply hold.
const simple = /^"[^\0-\x1f"\\\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]*"$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the same, but for quotes and escapes.
const oneLine = /^"[^\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]*"$/;

/** ASCII with those escapes only that mean the same in JSON. */
const jsonLike = /^"(?:[ !#-[\]-~]|\\["\\nrt])*"$/;

/**
 * The value of a text that is one double-quoted scalar from its first character to its last, on one line;
 * undefined for any other text.
 */
export function readDoubleQuoted(text: string): string | undefined {
  if (simple.test(text)) return text.slice(1, -1);
  if (jsonLike.test(text)) return JSON.parse(text) as string;
  if (!oneLine.test(text)) return undefined;
  try {
    const { value, end } = scanQuotedScalar(new Source(text), 0, -1);
    return end === text.length ? value : undefined;
  } catch {
    return undefined;
  }
}
