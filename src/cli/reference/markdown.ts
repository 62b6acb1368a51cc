/** Exports: {@link markdownReference}. */
import type { CommandShape } from './program-shape.ts';

/** The page docs/commands.md: every command with its flags, from the definitions that the help uses. */
export function markdownReference(commands: readonly CommandShape[]): string {
  const parts = [
    '# Commands',
    '',
    'Made from the definitions of the commands by `npm run generate`; edits here are lost. What is not obvious',
    'from a flag stands in [cli.md](cli.md).',
    '',
    '| Command | |',
    '| --- | --- |',
    ...commands.map(({ name, summary }) => `| [\`${name}\`](#${name}) | ${cell(summary)} |`),
    '',
    ...commands.flatMap((command) => section(command, 2, `outrigger ${command.name}`)),
  ];
  return `${parts.join('\n').trimEnd()}\n`;
}

function section(command: CommandShape, level: number, path: string): string[] {
  const lines = [`${'#'.repeat(level)} ${command.name}`, '', command.description, ''];
  lines.push('```', `${path} ${command.usage}`.trimEnd(), '```', '');
  if (command.options.length > 0) {
    lines.push('| Flag | |', '| --- | --- |');
    for (const { flags, description, choices } of command.options) {
      const values =
        choices.length > 0 ? ` (${choices.map((one) => `\`${one}\``).join(', ')})` : '';
      lines.push(`| \`${cell(flags)}\` | ${cell(description)}${values} |`);
    }
    lines.push('');
  }
  for (const inner of command.subcommands) {
    lines.push(...section(inner, level + 1, `${path} ${inner.name}`));
  }
  if (level === 2) lines.push('Exit codes:', '', '```', command.exitCodes.trimEnd(), '```', '');
  return lines;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
