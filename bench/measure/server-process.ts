import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { nextMessage } from './child-answer.ts';
import { pinned } from './pinning.ts';
import { probe } from './run-program.ts';

/** What the probe in a server tells. */
export interface ServerUsage {
  readonly cpuUs: number;
  readonly peakKiB: number;
  readonly rssKiB: number;
  /** Since the last time. */
  readonly loopDelayMs: { readonly p50: number; readonly p99: number };
  readonly loopUtilization: number;
}

const longestStartMs = 30_000;

/** A server in a process of its own, on one core where that can be had. Its output is thrown away. */
export class ServerProcess {
  readonly port: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @param command arguments of Node.js for the port to listen on
   * @param healthPath what a server that is ready answers with 200
   */
  static async start(
    command: (port: number) => readonly string[],
    healthPath: string,
  ): Promise<ServerProcess> {
    const port = await freePort();
    const [program, args] = pinned(0, [process.execPath, '--require', probe, ...command(port)]);
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const server = new ServerProcess(child, port);
    for (const started = performance.now(); !(await answers(port, healthPath)); await pause(20)) {
      if (child.exitCode !== null || performance.now() - started > longestStartMs) {
        child.kill();
        throw new Error(`${args.join(' ')} does not answer`);
      }
    }
    return server;
  }

  async usage(): Promise<ServerUsage> {
    this.#child.send('usage');
    return nextMessage<ServerUsage>(this.#child);
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill();
    await ended;
  }
}

/** Whether a server answers a request with 200. */
export function answers(port: number, path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { port, path, host: '127.0.0.1', rejectUnauthorized: false, agent: false };
    request(options, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    })
      .on('error', () => resolve(false))
      .end();
  });
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
