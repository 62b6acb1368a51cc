import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Whether processes can be held to one core each: a server to one, what loads it to another. */
export const canPin: boolean =
  availableParallelism() > 1 && spawnSync('taskset', ['-c', '1', 'true']).status === 0;

/** A command line that runs on one core only, where that can be had. */
export function pinned(core: number, command: readonly string[]): [string, string[]] {
  const [program = '', ...args] = canPin ? ['taskset', '-c', String(core), ...command] : command;
  return [program, args];
}
