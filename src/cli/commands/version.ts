import { type Command, Option } from 'commander';
import { packageInfo } from '../../package.ts';
import type { CliContext } from '../context.ts';
import { examples } from '../examples.ts';

/** `outrigger version`: the versions of the program and of what it runs on. */
export function define(command: Command, context: CliContext): void {
  command
    .description('Print the version of Outrigger and of the Node.js it runs on.')
    .addOption(new Option('-o, --output <format>', 'print as json').choices(['json']))
    .addHelpText(
      'after',
      examples([
        ['outrigger version', 'for people'],
        ['outrigger version -o json', 'for scripts'],
      ]),
    )
    .action((options: { output?: 'json' }) => {
      const { version } = packageInfo();
      const node = process.versions.node;
      context.stdout.write(
        options.output === 'json'
          ? `${JSON.stringify({ version, node }, undefined, 2)}\n`
          : `outrigger ${version} (Node.js ${node})\n`,
      );
    });
}
