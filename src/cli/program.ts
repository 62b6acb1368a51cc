import { Command } from 'commander';
import { packageInfo } from '../package.ts';
import { commandFirst, readGoFlags } from './argument-list.ts';
import { commands } from './commands.ts';
import type { CliContext } from './context.ts';
import { examples } from './examples.ts';
import { type ExitCodes, usualExitCodes } from './exit-codes.ts';

function exitCodeHelp({ help }: ExitCodes = usualExitCodes): string {
  return `\nExit codes:\n${help}`;
}

/**
 * Parses a command line and runs its command. Only that command's module is loaded; of the others the
 * program knows name and summary. Throws `CommanderError` for usage errors, help and version.
 */
export async function parseCommandLine(
  args: readonly string[],
  context: CliContext,
): Promise<void> {
  const names = new Set(commands.map((entry) => entry.name));
  const ordered = commandFirst(args, names);
  const wanted = ordered[0] === 'help' ? ordered[1] : ordered[0];
  // Help for a command that there is not would be the help of the program, without a word.
  if (ordered[0] === 'help' && wanted !== undefined && !names.has(wanted)) ordered.shift();

  const program = newProgram(context);
  for (const entry of commands) {
    const command = program.command(entry.name).summary(entry.summary);
    if (entry.name !== wanted) continue;
    (await entry.load()).define(command, context);
    command.addHelpText('after', exitCodeHelp(entry.exitCodes));
    // Without one of its commands, a group has nothing to do but to name them.
    if (ordered.length === 1 && command.commands.length > 0) ordered.push('--help');
    const options = [command, ...command.commands].flatMap((each) => each.options);
    if (ordered[0] === wanted)
      ordered.splice(1, Infinity, ...readGoFlags(ordered.slice(1), options));
  }
  if (ordered.length === 0) ordered.push('--help');
  await program.parseAsync(ordered, { from: 'user' });
}

function newProgram(context: CliContext): Command {
  return new Command('outrigger')
    .description(
      "Adds Istio's proxy sidecar to Kubernetes pods: in manifests, or as an admission webhook.",
    )
    .version(packageInfo().version, '-V, --version', 'print the version number')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText(
      'after',
      examples([
        [
          'outrigger kube-inject -f app.yaml | kubectl apply -f -',
          'inject what is in a file, and deploy it',
        ],
        ['outrigger help kube-inject', 'all about one command'],
      ]),
    )
    .addHelpText('after', exitCodeHelp())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
      // Errors are reported in one place, by run().
      outputError: () => {},
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
}
