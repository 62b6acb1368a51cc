import { Argument, type Command } from 'commander';
import { bashCompletion } from '../completion/bash.ts';
import { fishCompletion } from '../completion/fish.ts';
import { zshCompletion } from '../completion/zsh.ts';
import type { CliContext } from '../context.ts';
import { examples } from '../examples.ts';
import { programShape } from '../reference/program-shape.ts';

const shells = { bash: bashCompletion, fish: fishCompletion, zsh: zshCompletion } as const;

/** `outrigger completion SHELL`: a script that completes commands, flags and their values. */
export function define(command: Command, context: CliContext): void {
  command
    .description('Print a script that lets a shell complete commands, flags and their values.')
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(shells)))
    .addHelpText(
      'after',
      examples([
        ['source <(outrigger completion bash)', 'bash, for this session'],
        ['outrigger completion zsh > ~/.zfunc/_outrigger', 'zsh, for good (fpath+=~/.zfunc)'],
        ['outrigger completion fish > ~/.config/fish/completions/outrigger.fish', 'fish, for good'],
      ]),
    )
    .action(async (shell: keyof typeof shells) => {
      context.stdout.write(shells[shell](await programShape(context)));
    });
}
