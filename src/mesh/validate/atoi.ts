import { goQuote } from '../../gotemplate/fmt/go-quote.ts';

/** Go's `strconv.Atoi`: the number, or the text of the error. */
export function atoi(text: string): number | string {
  const failed = (reason: string) => `strconv.Atoi: parsing ${goQuote(text)}: ${reason}`;
  if (!/^[+-]?[0-9]+$/.test(text)) return failed('invalid syntax');
  const value = Number(text);
  return Math.abs(value) < 2 ** 63 ? value : failed('value out of range');
}
