import { OutriggerError } from '../errors.ts';
import { commands } from './commands.ts';
import type { CliContext } from './context.ts';
import { ok, usualExitCodes } from './exit-codes.ts';
import { parseCommandLine } from './program.ts';
import { reportError } from './report-error.ts';
import { errorsIn } from './several-errors.ts';
import { isEnding, toUsageError } from './usage-error.ts';

/**
 * Runs one command line (without the program's name) and answers with its exit code. Whatever goes wrong is
 * said on `context.stderr`; this never throws.
 */
export async function run(args: readonly string[], context: CliContext): Promise<number> {
  try {
    await parseCommandLine(args, context);
    return context.exitCode;
  } catch (caught) {
    if (isEnding(caught)) return ok;
    const entry = commands.find(({ name }) => name === args[0]);
    const commandLine = entry ? `outrigger ${entry.name}` : 'outrigger';
    const errors = errorsIn(toUsageError(caught, commandLine));
    for (const error of errors) context.stderr.write(reportError(error, context));
    const usage = errors.every(
      (error) => error instanceof OutriggerError && error.code === 'OUTRIGGER_USAGE',
    );
    const codes = entry?.exitCodes ?? usualExitCodes;
    return usage ? codes.usage : codes.failure;
  }
}
