import { goQuote, goQuoteRune } from '../../gotemplate/fmt/go-quote.ts';
import type { JsonValue } from '../../json.ts';
import type { EnumDescriptor, ScalarKind } from '../descriptor/descriptor.ts';
import { goJsonNumber, goJsonString } from './go-json-text.ts';
import { MessageError } from './message-error.ts';

const int32 = { min: -(2n ** 31n), max: 2n ** 31n - 1n };
const uint32 = { min: 0n, max: 2n ** 32n - 1n };
const int64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };
const jsonNumber = /^\s*(-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?)\s*$/;

/** What encoding/json calls the kind of a value in its messages. */
function jsonKind(value: JsonValue): string {
  if (Array.isArray(value)) return 'array';
  if (value === null) return 'null';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

/** The failure of encoding/json to put a value into a Go type. */
export function cannotUnmarshal(value: JsonValue, goType: string, path: string): MessageError {
  return new MessageError(
    `json: cannot unmarshal ${jsonKind(value)} into Go value of type ${goType}`,
    path,
  );
}

/** Reads a scalar. Null, which gets here only out of lists and maps, is the zero value. */
export function readScalar(
  kind: ScalarKind,
  value: JsonValue,
  path: string,
): string | boolean | number | bigint {
  switch (kind) {
    case 'string':
      if (value === null) return '';
      if (typeof value === 'string') return value;
      throw cannotUnmarshal(value, 'string', path);
    case 'bool':
      if (value === null) return false;
      if (typeof value === 'boolean') return value;
      throw cannotUnmarshal(value, 'bool', path);
    case 'double':
      return readDouble(value, path);
    case 'int32':
      return readInteger('int32', int32, value, path);
    case 'uint32':
      return readInteger('uint32', uint32, value, path);
    case 'int64':
      return readInteger('int64', int64, value, path);
  }
}

/** Reads an enum: a name it has, or any number. */
export function readEnum(descriptor: EnumDescriptor, value: JsonValue, path: string): number {
  if (typeof value === 'string') {
    const number = descriptor.numbers.get(value);
    if (number !== undefined) return number;
    const quoted = goQuote(goJsonString(value));
    throw new MessageError(`unknown value ${quoted} for enum ${descriptor.fullName}`, path);
  }
  if (value === null) return 0;
  if (typeof value !== 'number') {
    throw cannotUnmarshal(value, 'protoreflect.EnumNumber', path);
  }
  return Number(integerOf(goJsonNumber(value), 'protoreflect.EnumNumber', int32, path));
}

type Range = { readonly min: bigint; readonly max: bigint };

function readInteger(
  goType: string,
  range: Range,
  value: JsonValue,
  path: string,
): number | bigint {
  if (value === null) return 0;
  let text: string;
  if (typeof value === 'number') {
    text = goJsonNumber(value);
  } else if (typeof value === 'string') {
    // The legacy mapping takes quotes off and reads what is inside as JSON.
    const inside = unquoted(value, goType, path);
    if (inside === undefined) return 0;
    text = inside;
  } else {
    throw cannotUnmarshal(value, goType, path);
  }
  const integer = integerOf(text, goType, range, path);
  return Number.isSafeInteger(Number(integer)) ? Number(integer) : integer;
}

function integerOf(text: string, goType: string, range: Range, path: string): bigint {
  const match = jsonNumber.exec(text);
  // No integer of 64 bits has more digits; the limit spares BigInt what it need not see.
  if (match !== null && match[2] === undefined && match[3] === undefined && text.length <= 20) {
    const integer = BigInt(text);
    if (integer >= range.min && integer <= range.max) return integer;
  }
  throw new MessageError(
    `json: cannot unmarshal number ${text} into Go value of type ${goType}`,
    path,
  );
}

function readDouble(value: JsonValue, path: string): number {
  if (value === null) return 0;
  if (typeof value === 'number') return value;
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value);
  if (typeof value !== 'string') throw cannotUnmarshal(value, 'float64', path);
  const inside = unquoted(value, 'float64', path);
  return inside === undefined ? 0 : Number(inside);
}

/** The number text inside a quoted number; undefined for a quoted null. */
function unquoted(text: string, goType: string, path: string): string | undefined {
  const [, number] = jsonNumber.exec(text) ?? [];
  if (number !== undefined) return number;
  const trimmed = text.trim();
  if (trimmed === 'null') return undefined;
  if (trimmed === 'true' || trimmed === 'false') throw cannotUnmarshal(true, goType, path);
  const detail =
    trimmed === ''
      ? 'unexpected end of JSON input'
      : `invalid character ${goQuoteRune(trimmed.codePointAt(0) ?? 0)} looking for beginning of value`;
  throw new MessageError(detail, path);
}
