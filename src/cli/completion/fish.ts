/** Exports: {@link fishCompletion}. */
import type { CommandShape } from '../reference/program-shape.ts';

/** A completion script for fish: `outrigger completion fish | source`. */
export function fishCompletion(commands: readonly CommandShape[]): string {
  const lines = ['# fish completion for outrigger', 'complete -c outrigger -f'];
  for (const { name, summary, options, subcommands } of commands) {
    lines.push(`complete -c outrigger -n __fish_use_subcommand -a ${name} -d ${quote(summary)}`);
    const condition = `-n '__fish_seen_subcommand_from ${name}'`;
    for (const inner of subcommands) {
      lines.push(`complete -c outrigger ${condition} -a ${inner.name} -d ${quote(inner.summary)}`);
    }
    for (const option of [...options, ...subcommands.flatMap((inner) => inner.options)]) {
      const parts = [`complete -c outrigger ${condition}`];
      if (option.short !== undefined) parts.push(`-s ${option.short.replace(/^-+/, '')}`);
      if (option.long !== undefined) parts.push(`-l ${option.long.replace(/^-+/, '')}`);
      if (option.takesValue) parts.push(option.takesFile ? '-r -F' : '-x');
      if (option.choices.length > 0) parts.push(`-a ${quote(option.choices.join(' '))}`);
      parts.push(`-d ${quote(option.description)}`);
      lines.push(parts.join(' '));
    }
  }
  return `${lines.join('\n')}\n`;
}

function quote(text: string): string {
  return `'${text.replaceAll('\n', ' ').replaceAll("'", "\\'")}'`;
}
