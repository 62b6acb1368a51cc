import { type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { text } from 'node:stream/consumers';

/** Loaded into every process that is measured. */
export const probe: string = new URL('probe.cjs', import.meta.url).pathname;

/** What one run of a program took. */
export interface ProgramRun {
  /** From the start of the process to its end, in milliseconds. */
  readonly wallMs: number;
  /** User and system, all threads. */
  readonly cpuMs: number;
  readonly peakMiB: number;
}

/**
 * Runs Node.js with arguments, as a process of its own whose output is thrown away.
 *
 * @param stdin a file to read standard input from
 * @throws Error when the program fails
 */
export async function runProgram(args: readonly string[], stdin?: string): Promise<ProgramRun> {
  const input = stdin === undefined ? 'ignore' : openSync(stdin, 'r');
  const stdio: StdioOptions = [input, 'ignore', 'inherit', 'pipe'];
  const started = performance.now();
  const child = spawn(process.execPath, ['--require', probe, ...args], { stdio });
  const report = child.stdio[3];
  if (report === null || report === undefined) throw new Error('no pipe to the child');
  const told = text(report as NodeJS.ReadableStream);
  const [code] = await once(child, 'exit');
  const wallMs = performance.now() - started;
  if (typeof input === 'number') closeSync(input);
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`);
  const usage = JSON.parse(await told) as { cpuUs: number; peakKiB: number };
  return { wallMs, cpuMs: usage.cpuUs / 1000, peakMiB: usage.peakKiB / 1024 };
}
