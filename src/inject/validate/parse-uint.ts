import { goQuote } from '../../gotemplate/fmt/go-quote.ts';

/**
 * Unsigned decimal of at most `bits` bits as Go's strconv reads it: digits only, no sign, no spaces. What
 * cannot be read comes back with Go's text about it.
 */
export function parseUint(
  text: string,
  bits: 16 | 32,
): { readonly value: number } | { readonly problem: string } {
  const limit = 2 ** bits - 1;
  const failed = (reason: string) => ({
    problem: `strconv.ParseUint: parsing ${goQuote(text)}: ${reason}`,
  });
  if (text === '') return failed('invalid syntax');
  let value = 0;
  for (const digit of text) {
    if (digit < '0' || digit > '9') return failed('invalid syntax');
    value = value * 10 + Number(digit);
    // Go stops at the first digit too many and does not look at what follows.
    if (value > limit) return failed('value out of range');
  }
  return { value };
}
