import { resolvePlain } from './resolve.ts';
import { isTimestamp } from './timestamp.ts';

/** How a string is written. */
export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal';

/** Where a string stands: a key on the line of its value allows less than other places. */
export interface ScalarPlace {
  readonly simpleKey: boolean;
}

const base60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
// Words that need no closer look: no blank, no indicator but `-` inside.
const harmless = /^[A-Za-z0-9_./][A-Za-z0-9_./-]*$/;
const lineBreaks = /[\n\r\u0085\u2028\u2029]/;

/** Whether a plain `text` would be read as something else than this string. */
function readsOtherwise(text: string): boolean {
  if (text === '') return true;
  const code = text.charCodeAt(0);
  const numberLike = (code >= 0x30 && code <= 0x39) || code === 0x2b || code === 0x2d;
  if (typeof resolvePlain(text) !== 'string') return true;
  return numberLike && (isTimestamp(text) || (text.includes(':') && base60.test(text)));
}

/**
 * The style that go-yaml picks: a literal block for text of several lines, double quotes for what would
 * be read as another type, plain if possible, else single quotes.
 */
export function scalarStyle(text: string, place: ScalarPlace): ScalarStyle {
  const dashed = text.startsWith('---') || text.startsWith('...');
  if (harmless.test(text) && !dashed) return readsOtherwise(text) ? 'double' : 'plain';
  const facts = analyse(text);
  if (place.simpleKey && facts.multiline) return 'double';
  if (text.includes('\n')) return facts.literal && !place.simpleKey ? 'literal' : 'double';
  if (readsOtherwise(text)) return 'double';
  if (facts.plain && !dashed) return 'plain';
  return facts.single ? 'single' : 'double';
}

/** True if the text holds a line break of YAML 1.1, so that it cannot be a key on the value's line. */
export function isMultiline(text: string): boolean {
  return lineBreaks.test(text);
}

/** Which styles a text allows, by libyaml's analysis (its emitter.c). */
interface Facts {
  readonly plain: boolean;
  readonly single: boolean;
  readonly literal: boolean;
  readonly multiline: boolean;
}

// Outside of these: control characters (tab, CR and NEL among them), U+FEFF, U+FFFE, U+FFFF and
// everything beyond the Basic Multilingual Plane. Such characters are always escaped.
const unprintable = /[^\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;
const leadingIndicator = /^(?:[#,[\]{}&*!|>'"%@`]|[-?:](?:[ \t]|$))/;
const innerIndicator = /:(?:[ \t]|$)|[ \t\r\n\u0085\u2028\u2029]#/;
const outerSpace = /^[ \n\r\u0085\u2028\u2029]|[ \n\r\u0085\u2028\u2029]$/;
const blankThenBreak = / [\n\r\u0085\u2028\u2029]/;
const breakThenBlank = /[\n\r\u0085\u2028\u2029] /;

function analyse(text: string): Facts {
  const special = unprintable.test(text) || blankThenBreak.test(text);
  const multiline = isMultiline(text);
  return {
    plain:
      !special &&
      !multiline &&
      !outerSpace.test(text) &&
      !leadingIndicator.test(text) &&
      !innerIndicator.test(text),
    single: !special && !breakThenBlank.test(text),
    literal: !special && !text.endsWith(' '),
    multiline,
  };
}

/** Whether a character must be escaped in double quotes for want of a printable form. */
export function isUnprintable(character: string): boolean {
  return unprintable.test(character);
}
