import { goQuote } from '../fmt/go-quote.ts';
import { type Literal, meaning, meaningless } from './literal.ts';
import type { NumberNode } from './nodes.ts';
import { type FloatReading, readFloat } from './read-float.ts';
import { readInt, readUint } from './read-integer.ts';
import { readCharacter } from './read-string.ts';

/** What a number literal can be used as. */
export type NumberMeaning = Omit<NumberNode, 'kind' | 'pos' | 'source'>;

const intLimit = 2 ** 63;
const uintLimit = 2 ** 64;

/** A float and the integers that it equals. Go's ideal constants: `2.0` will do for an int. */
function floatMeaning(value: number): NumberMeaning {
  const whole = Number.isInteger(value);
  return {
    asInt: whole && value >= -intLimit && value < intLimit ? BigInt(value) : null,
    asUint: whole && value >= 0 && value < uintLimit ? BigInt(value) : null,
    asFloat: value,
    asComplex: null,
    isChar: false,
  };
}

function complexMeaning(re: number, im: number): NumberMeaning {
  const none = { asInt: null, asUint: null, asFloat: null, isChar: false };
  return { ...(im === 0 ? floatMeaning(re) : none), asComplex: { re, im } };
}

/**
 * Reads a number as Go's `newNumber` (text/template/parse/node.go) does: as every kind that it fits.
 *
 * @param text - what the lexer took for a number.
 */
export function readNumber(text: string): Literal<NumberMeaning> {
  if (text.endsWith('i')) {
    const imaginary = readFloat(text.slice(0, -1));
    if ('value' in imaginary) return meaning(complexMeaning(0, imaginary.value));
  }
  const asInt = readInt(text);
  const asUint = asInt === 0n ? 0n : readUint(text);
  const integer = asInt ?? asUint;
  if (integer !== null) {
    return meaning({ asInt, asUint, asFloat: Number(integer), asComplex: null, isChar: false });
  }
  const float = readFloat(text);
  if (!('value' in float)) return meaningless(`illegal number syntax: ${goQuote(text)}`);
  // It reads as a float but looks like an integer, so it is one that does not fit.
  if (!/[.ep]/i.test(text)) return meaningless(`integer overflow: ${goQuote(text)}`);
  return meaning(floatMeaning(float.value));
}

/** Reads a character constant with its quotes: an integer. */
export function readCharConstant(text: string): Literal<NumberMeaning> {
  const code = readCharacter(text);
  if (!code.ok) return code;
  const asInt = BigInt(code.value);
  return meaning({ asInt, asUint: asInt, asFloat: code.value, asComplex: null, isChar: true });
}

const notComplex = meaningless('syntax error scanning complex number');

function whyNot(text: string, reading: Exclude<FloatReading, { value: number }>): string {
  return `strconv.ParseFloat: parsing ${goQuote(text)}: ${reading.problem}`;
}

/** Reads a complex constant such as `1+2i`, with the words of Go's `fmt.Sscan` when it cannot. */
export function readComplex(text: string): Literal<NumberMeaning> {
  const middle = floatEnd(text, 0);
  const sign = text.charAt(middle);
  if (sign !== '+' && sign !== '-') return notComplex;
  const end = floatEnd(text, middle);
  // Without digits the i is taken for the start of "inf".
  if (end === middle + 1 || text.charAt(end) !== 'i') return notComplex;
  const re = readFloat(text.slice(0, middle));
  if (!('value' in re)) return meaningless(whyNot(text.slice(0, middle), re));
  const im = readFloat(text.slice(middle, end));
  if (!('value' in im)) return meaningless(whyNot(text.slice(middle, end), im));
  return meaning(complexMeaning(re.value, im.value));
}

/** Where a float that starts at `start` ends; knows decimal and hexadecimal ones only. */
function floatEnd(text: string, start: number): number {
  const float =
    /[+-]?(?:0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]*)?|[0-9_]*(?:\.[0-9_]*)?(?:[eEpP][+-]?[0-9_]*)?)/y;
  float.lastIndex = start;
  return float.test(text) ? float.lastIndex : start;
}
