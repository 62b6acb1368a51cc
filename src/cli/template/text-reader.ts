/** Exports: {@link textReader}. */
import type { Readable } from 'node:stream';
import { type ReadText, readTextFile } from '../configuration/read-text-file.ts';
import { readInput } from '../documents/read-input.ts';

/** What reads the files of these names, with `-` for standard input, which is read at once and can be had twice. */
export async function textReader(
  names: readonly (string | undefined)[],
  stdin: Readable,
): Promise<ReadText> {
  if (!names.includes('-')) return readTextFile;
  let input = '';
  for await (const piece of readInput('-', { stdin })) input += piece;
  return (name) => (name === '-' ? input : readTextFile(name));
}
