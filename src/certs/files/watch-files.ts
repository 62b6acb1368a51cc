import { dirname } from 'node:path';
import { watch } from 'chokidar';

/** A watch over files. */
export interface FileWatch {
  stop(): Promise<void>;
}

/**
 * Calls `changed` when something happens in the folders of these files. Folders rather than files: the kubelet
 * does not touch the files of a mounted Secret, it turns a symlink beside them to another folder.
 *
 * @param failed called when a watch cannot be had, for instance because the system has no more of them
 */
export function watchFiles(
  files: readonly string[],
  changed: () => void,
  failed: (error: unknown) => void,
): FileWatch {
  const folders = [...new Set(files.map((file) => dirname(file)))];
  const watcher = watch(folders, {
    depth: 0,
    ignoreInitial: true,
    // Symlinks themselves are what changes.
    followSymlinks: false,
    persistent: false,
  });
  // `raw` because a symlink that now leads elsewhere is no event of its own.
  watcher.on('all', changed).on('raw', changed).on('error', failed);
  return { stop: () => watcher.close() };
}
