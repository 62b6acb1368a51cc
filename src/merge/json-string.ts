const escapedByGo = /[<>&\u2028\u2029]/g;

function escaped(json: string): string {
  return json.search(escapedByGo) < 0 ? json : json.replace(escapedByGo, unicodeEscape);
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The text as a JSON string the way Go writes it: with `<`, `>`, `&` escaped, always valid UTF-8. */
export function jsonString(text: string): string {
  return escaped(JSON.stringify(text.isWellFormed() ? text : text.toWellFormed()));
}

/** Any JSON value as Go writes it when it knows nothing about its type. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value) ?? 'null';
  // Half a pair, or a text that only looks like the escape of one.
  return escaped(text.includes('\\ud') ? JSON.stringify(value, wellFormed) : text);
}

function wellFormed(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value;
}

/** Orders texts by their UTF-8 bytes, as Go sorts the keys of a map. */
export function compareBytes(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at++) {
    const [a, b] = [left.charCodeAt(at), right.charCodeAt(at)];
    if (a !== b) return order(a) - order(b);
  }
  return left.length - right.length;
}

/** Halves of a pair stand for characters beyond U+FFFF and so sort after every other code unit. */
function order(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
