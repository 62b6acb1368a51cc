/** Numbers as Go's strconv writes them. */

interface Decimal {
  readonly negative: boolean;
  /** Digits without leading zeros; "0" for zero. */
  readonly digits: string;
  /** The value is 0.DIGITS × 10^point. */
  readonly point: number;
}

function special(value: number): string | undefined {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Number.POSITIVE_INFINITY) return '+Inf';
  if (value === Number.NEGATIVE_INFINITY) return '-Inf';
  return undefined;
}

function isNegative(value: number): boolean {
  return value < 0 || Object.is(value, -0);
}

/** The shortest digits that read back as the same number. */
function shortest(value: number): Decimal {
  const [mantissa = '0', exponent = '0'] = Math.abs(value).toExponential().split('e');
  const digits = mantissa.replace('.', '');
  return { negative: isNegative(value), digits, point: value === 0 ? 0 : Number(exponent) + 1 };
}

/** |value| as mantissa × 2^exponent, exactly. */
function binary(value: number): { mantissa: bigint; exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(value));
  const bits = view.getBigUint64(0);
  const biased = Number(bits >> 52n);
  const fraction = bits & ((1n << 52n) - 1n);
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | (1n << 52n), exponent: biased - 1075 };
}

/** |value| × 10^scale, rounded to an integer: exactly, ties to even. */
function scaled(value: number, scale: number): bigint {
  const { mantissa, exponent } = binary(value);
  let numerator = mantissa;
  let denominator = 1n;
  if (exponent >= 0) numerator <<= BigInt(exponent);
  else denominator <<= BigInt(-exponent);
  if (scale >= 0) numerator *= 10n ** BigInt(scale);
  else denominator *= 10n ** BigInt(-scale);
  const quotient = numerator / denominator;
  const twice = 2n * (numerator % denominator);
  const up = twice > denominator || (twice === denominator && quotient % 2n === 1n);
  return up ? quotient + 1n : quotient;
}

/** Exactly `count` significant digits. */
function rounded(value: number, count: number): Decimal {
  const negative = isNegative(value);
  if (value === 0) return { negative, digits: '0'.repeat(count), point: 1 };
  let { point } = shortest(value);
  let digits = scaled(value, count - point).toString();
  if (digits.length > count) {
    point++;
    digits = scaled(value, count - point).toString();
  }
  return { negative, digits, point };
}

function exponentForm(decimal: Decimal, fraction: number, letter: string): string {
  const { digits, point } = decimal;
  const first = digits[0] ?? '0';
  const rest = digits.slice(1, 1 + fraction).padEnd(fraction, '0');
  const exponent = /^0*$/.test(digits) ? 0 : point - 1;
  const text = Math.abs(exponent).toString().padStart(2, '0');
  return `${first}${rest === '' ? '' : `.${rest}`}${letter}${exponent < 0 ? '-' : '+'}${text}`;
}

function plainForm({ digits, point }: Decimal): string {
  if (point <= 0) return digits === '0' ? '0' : `0.${'0'.repeat(-point)}${digits}`;
  if (digits.length <= point) return digits.padEnd(point, '0');
  return `${digits.slice(0, point)}.${digits.slice(point)}`;
}

/**
 * `strconv.FormatFloat(value, format, precision, 64)`; precision -1 is the shortest form.
 *
 * @param keepZeros `%#g` keeps trailing zeros
 */
export function formatFloat(
  value: number,
  format: 'e' | 'f' | 'g',
  precision: number,
  keepZeros = false,
): string {
  const odd = special(value);
  if (odd !== undefined) return odd;
  const sign = isNegative(value) ? '-' : '';
  if (format === 'e') {
    const decimal = precision < 0 ? shortest(value) : rounded(value, precision + 1);
    return sign + exponentForm(decimal, precision < 0 ? decimal.digits.length - 1 : precision, 'e');
  }
  if (format === 'f') {
    if (precision < 0)
      return sign + plainForm(value === 0 ? { ...shortest(value), digits: '0' } : shortest(value));
    const text = scaled(value, precision)
      .toString()
      .padStart(precision + 1, '0');
    if (precision === 0) return sign + text;
    return `${sign}${text.slice(0, -precision)}.${text.slice(-precision)}`;
  }
  return sign + generalForm(value, precision, keepZeros);
}

function generalForm(value: number, wanted: number, keepZeros: boolean): string {
  const precision = wanted === 0 ? 1 : wanted;
  const short = precision < 0;
  const decimal = short ? shortest(value) : rounded(value, precision);
  const trimmed = decimal.digits.replace(/0+$/, '') || '0';
  const count = keepZeros && !short ? decimal.digits.length : trimmed.length;
  let limit = short ? 6 : precision;
  if (!short && limit > trimmed.length && trimmed.length >= decimal.point) limit = trimmed.length;
  const exponent = value === 0 ? 0 : decimal.point - 1;
  if (exponent < -4 || exponent >= limit) {
    return exponentForm({ ...decimal, digits: decimal.digits.slice(0, count) }, count - 1, 'e');
  }
  if (value === 0) return keepZeros && !short ? `0.${'0'.repeat(precision - 1)}` : '0';
  const plain = plainForm({ ...decimal, digits: decimal.digits.slice(0, count) });
  return plain;
}

/** A float64 as `fmt` prints it with `%v`: shortest digits, exponent form below 1e-4 and from a million. */
export function formatFloat64(value: number): string {
  if (Number.isInteger(value) && value > -1_000_000 && value < 1_000_000 && !Object.is(value, -0)) {
    return String(value);
  }
  return formatFloat(value, 'g', -1);
}

/** `%x` of a float: hexadecimal mantissa and binary exponent. */
export function formatHexFloat(value: number, precision: number): string {
  const odd = special(value);
  if (odd !== undefined) return odd;
  const sign = isNegative(value) ? '-' : '';
  if (value === 0) return `${sign}0x0${precision > 0 ? `.${'0'.repeat(precision)}` : ''}p+00`;
  let { mantissa, exponent } = binary(value);
  while (mantissa < 1n << 52n) {
    mantissa <<= 1n;
    exponent--;
  }
  exponent += 52;
  if (precision >= 0 && precision < 13) {
    const drop = BigInt(4 * (13 - precision));
    const half = 1n << (drop - 1n);
    const rest = mantissa & ((1n << drop) - 1n);
    mantissa >>= drop;
    if (rest > half || (rest === half && (mantissa & 1n) === 1n)) mantissa++;
    mantissa <<= drop;
    if (mantissa >= 1n << 53n) {
      mantissa >>= 1n;
      exponent++;
    }
  }
  let fraction = (mantissa & ((1n << 52n) - 1n)).toString(16).padStart(13, '0');
  fraction =
    precision < 0
      ? fraction.replace(/0+$/, '')
      : fraction.padEnd(precision, '0').slice(0, precision);
  const power = Math.abs(exponent).toString().padStart(2, '0');
  return `${sign}0x1${fraction === '' ? '' : `.${fraction}`}p${exponent < 0 ? '-' : '+'}${power}`;
}
