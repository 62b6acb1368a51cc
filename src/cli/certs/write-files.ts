import { chmodSync, existsSync, fsyncSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { OutriggerError } from '../../errors.ts';
import { fileError } from '../configuration/read-text-file.ts';
import { TemporaryFile, uniqueSuffix } from '../output/temporary-file.ts';

/** A file to be written. */
export interface NewFile {
  readonly name: string;
  readonly text: string;
  /** Whether only its owner may read it. */
  readonly secret: boolean;
}

/**
 * Writes files into a folder, which is made where it does not exist: all of them or none.
 *
 * @param force whether files that exist may be replaced
 * @returns their paths
 * @throws OutriggerError `OUTRIGGER_FILE`
 */
export function writeFiles(folder: string, files: readonly NewFile[], force: boolean): string[] {
  const targets = files.map((file) => ({ ...file, path: join(folder, file.name) }));
  const existing = targets.filter(({ path }) => existsSync(path)).map(({ path }) => path);
  if (existing.length > 0 && !force) {
    throw new OutriggerError(
      'OUTRIGGER_FILE',
      `${existing.join(', ')}: ${existing.length === 1 ? 'the file exists' : 'the files exist'}`,
      { hint: 'Choose another folder with --dir, or replace what is there with --force.' },
    );
  }
  const ready: { readonly file: TemporaryFile; readonly path: string }[] = [];
  try {
    mkdirSync(folder, { recursive: true });
    for (const { name, text, secret, path } of targets) {
      const file = new TemporaryFile(join(folder, `.${name}.${uniqueSuffix()}.tmp`));
      ready.push({ file, path });
      file.write(text);
      chmodSync(file.path, secret ? 0o600 : 0o666 & ~process.umask());
      fsyncSync(file.descriptor);
      file.close();
    }
    for (const { file, path } of ready) renameSync(file.path, path);
  } catch (error) {
    throw fileError(folder, error);
  } finally {
    // Those that were renamed are gone by this name.
    for (const { file } of ready) file.remove();
  }
  return targets.map(({ path }) => path);
}
