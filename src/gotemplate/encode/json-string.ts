const special = /[<>&\u2028\u2029]/;
const specials = /[<>&\u2028\u2029]/g;
const separators = /[\u2028\u2029]/g;
// With the u flag this finds lone surrogates only.
const strayByte = /[\ud800-\udfff]/u;

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function joinPieces(text: string): string {
  const pieces = text.split(strayByte).map((piece) => JSON.stringify(piece).slice(1, -1));
  return `"${pieces.join('\\ufffd')}"`;
}

/**
 * A string as Go's encoding/json writes it. Bytes that are not valid UTF-8 become the escape of U+FFFD.
 *
 * @param escapeHtml also escape `<`, `>` and `&`, as Go does unless told otherwise
 */
export function jsonString(text: string, escapeHtml = true): string {
  const json = text.isWellFormed() ? JSON.stringify(text) : joinPieces(text);
  if (!special.test(json)) return json;
  return json.replace(escapeHtml ? specials : separators, unicodeEscape);
}

/** A float64 as Go's encoding/json writes it; NaN and the infinities have no JSON. */
export function jsonFloat(value: number): string | undefined {
  if (!Number.isFinite(value)) return undefined;
  return Object.is(value, -0) ? '-0' : String(value);
}
