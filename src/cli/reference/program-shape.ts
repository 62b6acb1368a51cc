/**
 * What the program's commands look like, for completion scripts and reference pages.
 * Exports: {@link programShape}, {@link CommandShape}, {@link OptionShape}, {@link ArgumentShape}.
 */
import { Command } from 'commander';
import { commands } from '../commands.ts';
import type { CliContext } from '../context.ts';
import { usualExitCodes } from '../exit-codes.ts';

export interface OptionShape {
  /** As the help shows it: `-f, --filename <file>`. */
  readonly flags: string;
  readonly short: string | undefined;
  readonly long: string | undefined;
  readonly description: string;
  readonly takesValue: boolean;
  /** The value names a file. */
  readonly takesFile: boolean;
  readonly choices: readonly string[];
}

export interface ArgumentShape {
  /** The argument names a file. */
  readonly takesFile: boolean;
  readonly choices: readonly string[];
}

export interface CommandShape {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly usage: string;
  readonly options: readonly OptionShape[];
  /** What comes without a flag; undefined when nothing does. */
  readonly argument: ArgumentShape | undefined;
  readonly subcommands: readonly CommandShape[];
  /** Its exit codes, a line each. */
  readonly exitCodes: string;
}

/** Loads every command and describes it. Hidden flags stay hidden. */
export async function programShape(context: CliContext): Promise<readonly CommandShape[]> {
  const shapes: CommandShape[] = [];
  for (const entry of commands) {
    const command = new Command(entry.name).summary(entry.summary);
    (await entry.load()).define(command, context);
    shapes.push(shapeOf(command, (entry.exitCodes ?? usualExitCodes).help));
  }
  return shapes;
}

function shapeOf(command: Command, exitCodes: string): CommandShape {
  const [argument] = command.registeredArguments;
  return {
    name: command.name(),
    summary: command.summary() || command.description(),
    description: command.description(),
    usage: command.usage(),
    options: command.options
      .filter(({ hidden }) => !hidden)
      .map((option) => ({
        flags: option.flags,
        short: option.short,
        long: option.long,
        description: option.description,
        takesValue: option.required || option.optional,
        takesFile: /<(file|directory|folder|dir)/.test(option.flags),
        choices: option.argChoices ?? [],
      })),
    argument: argument && {
      takesFile: /^(files|targets)$/.test(argument.name()),
      choices: argument.argChoices ?? [],
    },
    subcommands: command.commands.map((inner) => shapeOf(inner, exitCodes)),
    exitCodes,
  };
}
