/** Exports: {@link fishCompletion}. */
import type { CommandShape } from '../reference/program-shape.ts';

/** A completion script for fish: `outrigger completion fish | source`. */
export function fishCompletion(commands: readonly CommandShape[]): string {
  const lines = ['# fish completion for outrigger', 'complete -c outrigger -f'];
  for (const command of commands) {
    const { name, summary, subcommands } = command;
    lines.push(`complete -c outrigger -n __fish_use_subcommand -a ${name} -d ${quote(summary)}`);
    const seen = `__fish_seen_subcommand_from ${name}`;
    if (subcommands.length === 0) lines.push(...within(command, seen));
    const names = subcommands.map((inner) => inner.name).join(' ');
    for (const inner of subcommands) {
      const none = `${seen}; and not __fish_seen_subcommand_from ${names}`;
      lines.push(
        `complete -c outrigger -n ${quote(none)} -a ${inner.name} -d ${quote(inner.summary)}`,
        ...within(inner, `${seen}; and __fish_seen_subcommand_from ${inner.name}`),
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

/** What fits at the end of a command, when a condition holds. */
function* within({ options, argument }: CommandShape, condition: string): Generator<string> {
  const complete = `complete -c outrigger -n ${quote(condition)}`;
  if (argument?.takesFile) yield `${complete} -F`;
  if (argument && argument.choices.length > 0) {
    yield `${complete} -a ${quote(argument.choices.join(' '))}`;
  }
  for (const option of options) {
    const parts = [complete];
    if (option.short !== undefined) parts.push(`-s ${option.short.replace(/^-+/, '')}`);
    if (option.long !== undefined) parts.push(`-l ${option.long.replace(/^-+/, '')}`);
    if (option.takesValue) parts.push(option.takesFile ? '-r -F' : '-x');
    if (option.choices.length > 0) parts.push(`-a ${quote(option.choices.join(' '))}`);
    parts.push(`-d ${quote(option.description)}`);
    yield parts.join(' ');
  }
}

function quote(text: string): string {
  return `'${text.replaceAll('\n', ' ').replaceAll("'", "\\'")}'`;
}
