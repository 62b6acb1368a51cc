import { InvalidArgumentError } from 'commander';

/** A port out of a flag; 0, which asks for any or for none, counts as one. @throws InvalidArgumentError */
export function portNumber(text: string): number {
  const number = Number(text);
  if (/^\d{1,5}$/.test(text) && number <= 65_535) return number;
  throw new InvalidArgumentError('It must be a number from 0 to 65535.');
}
