import { type ChildProcess, spawn } from 'node:child_process';
import { nextMessage } from '../measure/child-answer.ts';
import { pinned } from '../measure/pinning.ts';
import type { LoadResult, LoadTask } from './load.ts';

/** Loads servers from a process with a core of its own. */
export class LoadGenerator {
  readonly #child: ChildProcess;

  constructor() {
    const module = new URL('load.ts', import.meta.url).pathname;
    const [program, args] = pinned(1, [process.execPath, module]);
    this.#child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  }

  async load(task: LoadTask): Promise<LoadResult> {
    this.#child.send(task);
    return nextMessage<LoadResult>(this.#child);
  }

  stop(): void {
    this.#child.kill();
  }
}
