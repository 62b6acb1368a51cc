import type { Readable, Writable } from 'node:stream';

/** What a command may touch of the process it runs in. Tests hand in their own. */
export interface CliContext {
  readonly stdin: Readable;
  /** Data only: whatever a script could want to read. */
  readonly stdout: Writable;
  /** Where data can be written without opening {@link stdout}, which takes Node.js a while; else undefined. */
  readonly stdoutDescriptor?: number | undefined;
  /** Everything that is said to a person. */
  readonly stderr: Writable;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether text on stderr may be coloured. */
  readonly colour: boolean;
  /** Whether data on stdout that is meant for people may be coloured. */
  readonly stdoutColour?: boolean;
  /** Whether stderr is a terminal, on which a line can be drawn over. */
  readonly terminal?: boolean;
  /**
   * Is told that there is much to come, most of which is garbage soon after it was read.
   *
   * @param growth how far the heap may grow before garbage is looked for, in per cent of what is in use
   */
  saveMemory?(growth: number): void;
  /** Frees all memory that can be, in some tens of milliseconds; {@link saveMemory} counts from then on. */
  collectGarbage?(): void;
  /** A command sets this to end with a code of its own without an error; 0 until then. */
  exitCode: number;
}

/** Whether to colour what goes to `stream` (https://no-color.org, and FORCE_COLOR as Node.js reads it). */
export function wantsColour(
  stream: { isTTY?: boolean | undefined },
  env: CliContext['env'],
): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return stream.isTTY === true && env.TERM !== 'dumb';
}
