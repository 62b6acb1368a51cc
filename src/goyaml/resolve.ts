/** What a plain scalar stands for in YAML 1.1, as go-yaml v2 reads it (its resolve.go). */
export type Scalar = string | number | boolean | null;

const words = new Map<string, Scalar>([['', null]]);
for (const [value, list] of [
  [true, 'y Y yes Yes YES true True TRUE on On ON'],
  [false, 'n N no No NO false False FALSE off Off OFF'],
  [null, '~ null Null NULL'],
  [Number.NaN, '.nan .NaN .NAN'],
  [Number.POSITIVE_INFINITY, '.inf .Inf .INF +.inf +.Inf +.INF'],
  [Number.NEGATIVE_INFINITY, '-.inf -.Inf -.INF'],
] as const) {
  for (const word of list.split(' ')) words.set(word, value);
}
const longestWord = 5;

/** First characters that can begin something else than a string. */
const wordStart = 1;
const numberStart = 2;
const pointStart = 3;
const starts = new Uint8Array(128);
for (const letter of 'yYnNtTfFoO~') starts[letter.charCodeAt(0)] = wordStart;
for (const letter of '0123456789+-') starts[letter.charCodeAt(0)] = numberStart;
starts[0x2e] = pointStart;

const shortDecimal = /^[1-9][0-9]{0,14}$/;
const integer = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9][0-9]*)$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
// A text that starts with a point goes to strconv.ParseFloat as it is, which is strict about `_`.
const pointFloat = /^\.[0-9](?:_?[0-9])*(?:[eE][-+]?[0-9](?:_?[0-9])*)?$/;

/** The value of a plain scalar without a tag. Base-60 numbers, dates and `<<` are strings. */
export function resolvePlain(text: string): Scalar {
  if (text === '') return null;
  const code = text.charCodeAt(0);
  const start = code < 128 ? starts[code] : 0;
  if (start === 0) return text;
  if (text.length <= longestWord) {
    const word = words.get(text);
    if (word !== undefined) return word;
  }
  if (start === wordStart) return text;
  if (start === numberStart) {
    if (shortDecimal.test(text)) return Number(text);
    return resolveNumber(text) ?? text;
  }
  if (!pointFloat.test(text)) return text;
  const value = Number(text.replaceAll('_', ''));
  return Number.isFinite(value) ? value : text;
}

function resolveNumber(text: string): number | undefined {
  const plain = text.includes('_') ? text.replaceAll('_', '') : text;
  const exact = exactInteger(plain);
  if (exact !== undefined) return Number(exact);
  if (!float.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}

/** Binary digits of 64 bits with sign and prefix; longer texts are not worth the time to read them. */
const longestInteger = 67;
const least = -(2n ** 63n);
const greatestSigned = 2n ** 63n - 1n;
const greatestUnsigned = 2n ** 64n - 1n;

/** The integer that `plain` (without `_`) spells, if it fits 64 bits; an unsigned one bears no sign. */
export function exactInteger(plain: string): bigint | undefined {
  if (plain.length > longestInteger || !integer.test(plain)) return undefined;
  const signed = plain.charCodeAt(0) < 0x30;
  let digits = signed ? plain.slice(1) : plain;
  if (digits.length > 1 && digits.charCodeAt(0) === 0x30 && digits.charCodeAt(1) < 0x3a) {
    digits = `0o${digits.slice(1)}`;
  }
  const size = BigInt(digits);
  const value = plain.charCodeAt(0) === 0x2d ? -size : size;
  return value >= least && value <= (signed ? greatestSigned : greatestUnsigned)
    ? value
    : undefined;
}
