import {
  chmodSync,
  fsyncSync,
  lstatSync,
  readlinkSync,
  realpathSync,
  renameSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileError } from '../configuration/read-text-file.ts';
import type { OutputTarget } from './output-target.ts';
import { TemporaryFile, uniqueSuffix } from './temporary-file.ts';

/**
 * Writes a file by way of a temporary one in the same directory, which is renamed at the end: readers see
 * the old content or the new, also when the file is the input. Mode and symbolic links stay as they are.
 * Throws `OUTRIGGER_FILE` when the directory cannot be written to.
 */
export function fileTarget(path: string): OutputTarget {
  const existing = statIfThere(path);
  if (existing && !existing.isFile()) return deviceTarget(path, existing);
  const target = attempt(path, () => (existing ? realpathSync(path) : linkedFile(path)));
  const name = `.${basename(target)}.${uniqueSuffix()}.tmp`;
  const file = attempt(path, () => new TemporaryFile(join(dirname(target), name)));
  removeOnSignal(file);
  let sealed = false;
  const seal = (): void => {
    if (sealed) return;
    sealed = true;
    // A new file gets the mode that any other program would give it.
    chmodSync(file.path, existing ? existing.mode & 0o7777 : 0o666 & ~process.umask());
    fsyncSync(file.descriptor);
    file.close();
  };
  return {
    write: (text) => attempt(path, () => file.write(text)),
    seal: () => attempt(path, seal),
    commit: async () => {
      attempt(path, () => {
        seal();
        renameSync(file.path, target);
      });
      settled(file);
    },
    discard: () => {
      file.remove();
      settled(file);
    },
  };
}

/** A terminal, a pipe, /dev/null: cannot be replaced, so it is written to at the end. */
function deviceTarget(path: string, stats: Stats): OutputTarget {
  if (stats.isDirectory()) throw fileError(path, Object.assign(new Error(), { code: 'EISDIR' }));
  let texts: string[] = [];
  return {
    write: (text) => texts.push(text),
    seal() {},
    commit: async () => attempt(path, () => writeFileSync(path, texts.join(''))),
    discard: () => {
      texts = [];
    },
  };
}

function statIfThere(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw fileError(path, error);
  }
}

/** Where a file comes to be that is written to by this name: where a link leads, also when nothing is there yet. */
function linkedFile(path: string): string {
  let target = path;
  // A loop of links has been found by now.
  while (lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink()) {
    target = resolve(realpathSync(dirname(target)), readlinkSync(target));
  }
  return target;
}

function attempt<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw fileError(path, error);
  }
}

/** Files that are not to be left behind when the process is interrupted. */
const unsettled = new Set<TemporaryFile>();

/** One listener for however many files. */
function onSignal(signal: NodeJS.Signals): void {
  for (const file of unsettled) file.remove();
  unsettled.clear();
  stopListening();
  process.kill(process.pid, signal);
}

function removeOnSignal(file: TemporaryFile): void {
  if (unsettled.size === 0) process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  unsettled.add(file);
}

function settled(file: TemporaryFile): void {
  unsettled.delete(file);
  if (unsettled.size === 0) stopListening();
}

function stopListening(): void {
  process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
}
