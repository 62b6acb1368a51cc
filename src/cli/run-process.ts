import { wantsColour } from './context.ts';
import { run } from './run.ts';

/** Runs the command line of this process and leaves its exit code in `process.exitCode`. */
export async function runProcess(): Promise<void> {
  // A reader that goes away early (`outrigger … | head`) is not an error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  process.exitCode = await run(process.argv.slice(2), {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    colour: wantsColour(process.stderr, process.env),
    exitCode: 0,
  });
}
