import { fstatSync, statSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { fileError } from './configuration/read-text-file.ts';
import { type CliContext, wantsColour } from './context.ts';
import { usualExitCodes } from './exit-codes.ts';
import { reportError } from './report-error.ts';
import { run } from './run.ts';

/** Runs the command line of this process and leaves its exit code in `process.exitCode`. */
export async function runProcess(): Promise<void> {
  process.exitCode = await run(process.argv.slice(2), new ProcessContext());
}

/** The process's own streams. Each is opened when it is first used: that takes Node.js a while. */
class ProcessContext implements CliContext {
  exitCode = 0;
  readonly env = process.env;
  private output: Writable | undefined;

  get stdin(): Readable {
    return process.stdin;
  }

  get stdout(): Writable {
    // A reader that goes away early (`outrigger … | head`) is not an error.
    this.output ??= process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0);
      // A full disk, say: whatever else is still under way cannot be told to anybody.
      process.stderr.write(reportError(fileError('standard output', error), this));
      process.exit(usualExitCodes.failure);
    });
    return this.output;
  }

  get stdoutDescriptor(): number | undefined {
    // What was given to a stream goes first.
    return this.output === undefined && !mayBeTerminal(1) ? 1 : undefined;
  }

  get stderr(): Writable {
    return process.stderr;
  }

  get colour(): boolean {
    return wantsColour(process.stderr, process.env);
  }

  get terminal(): boolean {
    return mayBeTerminal(2) && process.stderr.isTTY === true && process.env.TERM !== 'dumb';
  }

  get stdoutColour(): boolean {
    return wantsColour(process.stdout, process.env);
  }

  /** The heap need not grow to several times of what is live before garbage is taken away. */
  saveMemory(growth: number): void {
    setFlagsFromString(`--heap-growing-percent=${growth}`);
    // Compiled code is only kept by those, and for those, who run with the flags that Node.js was started with.
    process.prependOnceListener('exit', () => setFlagsFromString('--heap-growing-percent=0'));
  }

  collectGarbage(): void {
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    setFlagsFromString('--no-expose-gc');
    collect();
  }
}

/** Tells terminals, for which Node.js has to load a lot, from files, pipes and `/dev/null`. */
function mayBeTerminal(descriptor: number): boolean {
  try {
    const stats = fstatSync(descriptor);
    return stats.isCharacterDevice() && stats.rdev !== statSync('/dev/null').rdev;
  } catch {
    // It is closed, which streams know how to say.
    return true;
  }
}
