import { InvalidArgumentError } from 'commander';

const units: { readonly [unit: string]: number } = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/**
 * Reads a duration as Go writes them, and days: `10s`, `1h30m`, `90d`.
 *
 * @returns milliseconds
 * @throws InvalidArgumentError for the command line parser
 */
export function duration(text: string): number {
  const parts = [...text.matchAll(/(\d{1,9}(?:\.\d{1,9})?)(ms|s|m|h|d)/g)];
  if (text === '0') return 0;
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) {
    throw new InvalidArgumentError('It must be a duration such as 10s, 1h30m or 90d.');
  }
  return parts.reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (units[unit ?? ''] ?? 0),
    0,
  );
}
