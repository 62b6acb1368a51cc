import { isJsonObject, type JsonValue } from '../json.ts';
import { compareBytes } from './json-string.ts';

/** A JSON value as Go's `%v` prints it once it is in maps and slices: `map[a:1 b:[x y]]`. */
export function goText(value: JsonValue): string {
  if (value === null) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (isJsonObject(value)) {
    const members = Object.keys(value).sort(compareBytes);
    return `map[${members.map((key) => `${key}:${goText(value[key] ?? null)}`).join(' ')}]`;
  }
  return typeof value === 'number' ? numberText(value) : String(value);
}

/** Whole numbers stand for an int64, others for a float64 in its shortest form. */
function numberText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 63) return BigInt(value).toString();
  const [mantissa = '', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 21) return String(value);
  const padded = String(Math.abs(exponent)).padStart(2, '0');
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${padded}`;
}

/** The Go type that JSON decoding into `interface{}` gives a value. */
export function goDynamicType(value: JsonValue): string {
  if (value === null) return '%!s(<nil>)';
  if (Array.isArray(value)) return '[]interface {}';
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'number':
      return Number.isInteger(value) ? 'int64' : 'float64';
    default:
      return 'map[string]interface {}';
  }
}

/** A JSON value as Go's `%s` prints it; what is no string shows its type. */
export function goVerbString(value: JsonValue): string {
  if (typeof value === 'string') return value;
  if (value === null || typeof value === 'object') return goDynamicType(value);
  return `%!s(${goDynamicType(value)}=${goText(value)})`;
}
