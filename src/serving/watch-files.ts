import { dirname, join, resolve } from 'node:path';
import type { Logger } from 'pino';

/** Whatever the watch misses (a file system without events, a folder that is itself a link) is seen this late. */
const pollMs = 15_000;

/**
 * Watches files for changes, through the symbolic links that Kubernetes swaps when a mounted ConfigMap or Secret
 * changes (`..data`). Nothing is read here.
 *
 * @param changed called when one of them may have changed, and from time to time without reason
 * @returns ends the watch
 */
export async function watchFiles(
  files: readonly string[],
  changed: () => void,
  logger: Logger,
): Promise<() => Promise<void>> {
  const watched = new Set<string>();
  for (const file of files.map((name) => resolve(name))) {
    const folder = dirname(file);
    watched.add(folder).add(file).add(join(folder, '..data'));
  }
  const { watch } = await import('chokidar');
  // The folder is watched, not the file: that is where links are swapped and editors rename their new file to.
  const watcher = watch([...new Set(files.map((file) => dirname(resolve(file))))], {
    depth: 0,
    ignoreInitial: true,
    followSymlinks: false,
    ignored: (path) => !watched.has(path),
  });
  // What changed before the watch began would otherwise go unnoticed.
  watcher.on('ready', changed);
  watcher.on('all', changed);
  watcher.on('error', (error) => {
    const message = error instanceof Error ? error.message : String(error);
    logger.warn(
      { files, error: message },
      'files cannot be watched; they are looked at every 15 s',
    );
  });
  const poll = setInterval(changed, pollMs);
  poll.unref();
  return async () => {
    clearInterval(poll);
    await watcher.close();
  };
}
