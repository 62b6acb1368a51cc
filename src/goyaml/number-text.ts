/**
 * A float as Go's `strconv.FormatFloat(x, 'g', -1, 64)` writes it: the shortest digits that read back the
 * same, in exponent form below 1e-4 and from a million on.
 */
export function shortestFloat(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  return withExponent(value.toExponential());
}

/** The same for a float32: the digits that tell it from its neighbours among the float32 numbers. */
export function shortestFloat32(value: number): string {
  const single = Math.fround(value);
  if (single === 0) return Object.is(single, -0) ? '-0' : '0';
  if (!Number.isFinite(single)) return single > 0 ? '+Inf' : '-Inf';
  let digits = 0;
  let text: string;
  do text = single.toExponential(digits++);
  while (Math.fround(Number(text)) !== single && digits < 10);
  return withExponent(text);
}

function withExponent(exponential: string): string {
  const at = exponential.indexOf('e');
  const exponent = Number(exponential.slice(at + 1));
  const mantissa = exponential.slice(0, at);
  if (exponent < -4 || exponent >= 6) {
    const size = Math.abs(exponent);
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${size < 10 ? '0' : ''}${size}`;
  }
  const sign = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '');
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return sign + digits.padEnd(exponent + 1, '0');
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}
