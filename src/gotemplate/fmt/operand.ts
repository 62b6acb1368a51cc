import { GoComplex } from '../value/complex.ts';
import { isList, listItems } from '../value/list.ts';
import { type MapLike, mapEntry, sortedKeys } from '../value/map-entries.ts';
import { GoInt, GoNamed, GoOpaque, GoPointer, GoStruct, wrap } from '../value/model.ts';
import { readRawField } from '../value/struct-field.ts';
import { typeName } from '../value/type-of.ts';
import { toBytes } from '../value/utf8.ts';
import { formatValue, stringerText } from './format-value.ts';
import { formatFloat, formatHexFloat } from './go-float.ts';
import { canBackquote, goQuote, goQuoteRune, isPrintable } from './go-quote.ts';
import { goSyntax } from './go-syntax.ts';

/** Flags, width and precision of one printf directive. */
export interface Directive {
  plus: boolean;
  minus: boolean;
  sharp: boolean;
  space: boolean;
  zero: boolean;
  width: number | undefined;
  precision: number | undefined;
  /** `%+v`: structs with the names of their fields. */
  fieldNames?: boolean;
}

/** One operand as `%verb` prints it. */
export function formatOperand(verb: string, flags: Directive, value: unknown): string {
  if (value === undefined || value === null) {
    if (verb === 'T' || verb === 'v') return pad('<nil>', flags);
    return `%!${verb}(<nil>)`;
  }
  if (verb === 'T') return formatString('s', flags, typeName(value));
  if (verb === 'p') return value instanceof GoPointer ? '0xc000000000' : bad(verb, flags, value);
  // Go keeps `%+v` apart from the sign flag: it adds field names, not plus signs.
  const named = verb === 'v' && flags.plus;
  return formatAny(verb, named ? { ...flags, plus: false, fieldNames: true } : flags, value, true);
}

function pad(text: string, flags: Directive, zero = flags.zero && !flags.minus): string {
  if (flags.width === undefined) return text;
  const missing = flags.width - [...text].length;
  if (missing <= 0) return text;
  if (flags.minus) return text + ' '.repeat(missing);
  return (zero ? '0' : ' ').repeat(missing) + text;
}

function bad(verb: string, flags: Directive, value: unknown): string {
  if (value === null || value === undefined) return `%!${verb}(<nil>)`;
  return `%!${verb}(${typeName(value)}=${formatAny('v', { ...flags, sharp: false, plus: false }, value, false)})`;
}

const stringVerbs = new Set(['v', 's', 'x', 'X', 'q']);

function formatAny(verb: string, flags: Directive, value: unknown, top: boolean): string {
  if (verb === 'v' && flags.sharp) return goSyntax(value);
  if (stringVerbs.has(verb)) {
    const text = stringerText(value);
    if (text !== undefined) return formatString(verb === 'v' ? 's' : verb, flags, text);
  }
  switch (typeof value) {
    case 'string':
      return formatString(verb, flags, value);
    case 'boolean':
      return verb === 't' || verb === 'v' ? pad(String(value), flags) : bad(verb, flags, value);
    case 'number':
      return formatNumber(verb, flags, value);
    default:
      return formatComposite(verb, flags, value, top);
  }
}

function formatComposite(verb: string, flags: Directive, value: unknown, top: boolean): string {
  const inner = (item: unknown) =>
    item === null || item === undefined ? pad('<nil>', flags) : formatAny(verb, flags, item, false);
  if (value instanceof GoInt) return formatInteger(verb, flags, value);
  if (value instanceof GoNamed) {
    const printable = formatAny(verb, flags, value.value, false);
    return printable.startsWith(`%!${verb}(`) ? bad(verb, flags, value) : printable;
  }
  if (value instanceof GoPointer) {
    if (value.target === null) {
      return verb === 'v' ? pad('<nil>', flags) : `%!${verb}(${value.type.name}=<nil>)`;
    }
    if (top && (value.target instanceof GoStruct || isList(value.target))) {
      return `&${formatAny(verb, flags, value.target, false)}`;
    }
    return '0xc000000000';
  }
  if (value instanceof GoStruct) {
    const fields = [...(value.type.fields?.values() ?? [])].map((field) => {
      const text = inner(wrap(field.type, readRawField(field, value.source)));
      return flags.fieldNames === true ? `${field.goName}:${text}` : text;
    });
    return `{${fields.join(' ')}}`;
  }
  if (isList(value)) return `[${listItems(value).map(inner).join(' ')}]`;
  if (value instanceof GoComplex) {
    const re = formatNumber(verb, flags, value.re);
    return `(${re}${formatNumber(verb, { ...flags, plus: true }, value.im)}i)`;
  }
  if (value instanceof GoOpaque) return pad(formatValue(value), flags);
  const map = value as MapLike;
  const entries = sortedKeys(map).map((key) => `${inner(key)}:${inner(mapEntry(map, key))}`);
  return `map[${entries.join(' ')}]`;
}

function hex(bytes: Uint8Array, verb: string, flags: Directive): string {
  const shown = flags.precision === undefined ? bytes : bytes.subarray(0, flags.precision);
  const digits = [...shown].map((byte) => byte.toString(16).padStart(2, '0'));
  const prefix = flags.sharp ? '0x' : '';
  const text = flags.space
    ? digits.map((pair) => prefix + pair).join(' ')
    : digits.length > 0
      ? prefix + digits.join('')
      : '';
  return verb === 'X' ? text.toUpperCase() : text;
}

function formatString(verb: string, flags: Directive, text: string): string {
  const cut = flags.precision === undefined ? text : [...text].slice(0, flags.precision).join('');
  switch (verb) {
    case 'v':
    case 's':
      return pad(cut, flags);
    case 'q':
      if (flags.sharp && canBackquote(cut)) return pad(`\`${cut}\``, flags);
      return pad(goQuote(cut, flags.plus), flags);
    case 'x':
    case 'X':
      return pad(hex(toBytes(text), verb, flags), flags);
    default:
      return bad(verb, flags, text);
  }
}

const integerBases: { readonly [verb: string]: number } = {
  v: 10,
  d: 10,
  b: 2,
  o: 8,
  O: 8,
  x: 16,
  X: 16,
};

function formatInteger(verb: string, flags: Directive, value: GoInt): string {
  const code = Number(value.value);
  if (verb === 'c') {
    const valid = code >= 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    return pad(String.fromCodePoint(valid ? code : 0xfffd), flags);
  }
  if (verb === 'q') return pad(goQuoteRune(code, flags.plus), flags);
  if (verb === 'U') {
    const digits = BigInt(value.value).toString(16).toUpperCase();
    const text = `U+${digits.padStart(Math.max(4, flags.precision ?? 0), '0')}`;
    const char = code <= 0x10ffff ? String.fromCodePoint(code) : '\0';
    return pad(flags.sharp && isPrintable(char) ? `${text} '${char}'` : text, flags, false);
  }
  const base = integerBases[verb];
  return base === undefined ? bad(verb, flags, value) : formatBase(verb, base, flags, value.value);
}

function formatBase(verb: string, base: number, flags: Directive, value: number | bigint): string {
  const negative = value < 0;
  let digits = (negative ? -BigInt(value) : value).toString(base);
  const { precision } = flags;
  if (precision === 0 && (value === 0 || value === 0n)) return pad('', flags, false);
  const sign = negative ? '-' : flags.plus ? '+' : flags.space ? ' ' : '';
  let zeros = precision ?? 0;
  if (precision === undefined && flags.zero && !flags.minus && flags.width !== undefined) {
    zeros = flags.width - sign.length;
  }
  digits = digits.padStart(zeros, '0');
  let prefix = verb === 'O' ? '0o' : '';
  if (flags.sharp) {
    if (base === 2) prefix = '0b';
    else if (base === 8 && verb === 'o') prefix = digits.startsWith('0') ? '' : '0';
    else if (base === 16) prefix = '0x';
  }
  const text = sign + prefix + digits;
  return pad(verb === 'X' ? text.toUpperCase() : text, flags, false);
}

function formatNumber(verb: string, flags: Directive, value: number): string {
  let text: string;
  switch (verb) {
    case 'v':
      text = formatFloat(value, 'g', flags.precision ?? -1);
      break;
    case 'g':
    case 'G':
      text = formatFloat(value, 'g', flags.precision ?? (flags.sharp ? 6 : -1), flags.sharp);
      break;
    case 'e':
    case 'E':
      text = formatFloat(value, 'e', flags.precision ?? 6);
      break;
    case 'f':
    case 'F':
      text = formatFloat(value, 'f', flags.precision ?? 6);
      break;
    case 'x':
    case 'X':
      text = formatHexFloat(value, flags.precision ?? -1);
      break;
    default:
      return bad(verb, flags, value);
  }
  if (verb === 'E' || verb === 'G' || verb === 'X') text = text.toUpperCase();
  const finite = Number.isFinite(value);
  const signed = text.startsWith('-') || text.startsWith('+');
  let sign = signed ? (text[0] ?? '') : '';
  const digits = signed ? text.slice(1) : text;
  if (sign === '+' && !flags.plus) sign = finite ? '' : '+';
  if (sign === '' && flags.plus) sign = '+';
  else if (sign === '' && flags.space) sign = ' ';
  if (flags.zero && !flags.minus && finite && flags.width !== undefined) {
    return sign + digits.padStart(flags.width - sign.length, '0');
  }
  return pad(sign + digits, flags, false);
}
