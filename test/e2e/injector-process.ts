import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { Cluster } from './cluster.ts';

/** One `outrigger serve` as a process of its own, the way a replica runs. */
export class InjectorProcess {
  readonly child: ChildProcess;
  readonly #logFile: string;
  #log = '';

  private constructor(child: ChildProcess, logFile: string) {
    this.child = child;
    this.#logFile = logFile;
    const collect = (chunk: Buffer) => {
      this.#log += chunk.toString();
      writeFileSync(this.#logFile, this.#log);
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
  }

  static start(
    cluster: Cluster,
    name: string,
    args: readonly string[],
    env: { readonly [name: string]: string } = {},
  ): InjectorProcess {
    const child = spawn(
      process.execPath,
      [join(inject('dist'), 'outrigger.js'), 'serve', ...args],
      {
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    return new InjectorProcess(child, join(cluster.folder, `${name}.log`));
  }

  get log(): string {
    return this.#log;
  }

  /** The log lines that are JSON. */
  get lines(): { readonly [field: string]: unknown }[] {
    return readFileSync(this.#logFile, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as { [field: string]: unknown });
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const { child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill(signal);
    return gone;
  }
}
