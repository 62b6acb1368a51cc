import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { inject } from 'vitest';
import { packageInfo } from '../../src/package.ts';

let folder: string | undefined;

/**
 * The folder of the program as it is shipped, built from the present sources. Files that share a worker share it,
 * too.
 */
export function builtProgram(): string {
  if (folder !== undefined) return folder;
  const built = join(inject('programs'), `${process.pid}`);
  execFileSync(process.execPath, [join(packageInfo().root, 'scripts', 'build.ts'), built]);
  folder = built;
  return built;
}
