/** Exports: {@link bashCompletion}. */
import type { CommandShape } from '../reference/program-shape.ts';

/** A completion script for bash: `source <(outrigger completion bash)`. */
export function bashCompletion(commands: readonly CommandShape[]): string {
  return `# bash completion for outrigger
_outrigger() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]}
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${commands.map(({ name }) => name).join(' ')} help --help --version' -- "$word"))
    return
  fi
  case "$command" in
${commands.map(branch).join('')}  esac
}
complete -o default -F _outrigger outrigger
`;
}

function branch({ name, options, subcommands }: CommandShape): string {
  const all = [...options, ...subcommands.flatMap((inner) => inner.options)];
  const values = all
    .filter(({ choices }) => choices.length > 0)
    .map(
      ({ short, long, choices }) =>
        `      ${[short, long].filter(Boolean).join('|')}) COMPREPLY=($(compgen -W '${choices.join(' ')}' -- "$word")); return ;;\n`,
    );
  const files = all
    .filter(({ takesFile }) => takesFile)
    .flatMap(({ short, long }) => [short, long])
    .filter((flag) => flag !== undefined);
  if (files.length > 0) {
    values.push(
      `      ${[...new Set(files)].join('|')}) COMPREPLY=($(compgen -f -- "$word")); return ;;\n`,
    );
  }
  const words = [
    ...subcommands.map((inner) => inner.name),
    ...new Set(all.map(({ long }) => long).filter((flag) => flag !== undefined)),
    '--help',
  ];
  const choose =
    values.length === 0
      ? ''
      : `      case "$before" in\n${values.map((line) => `  ${line}`).join('')}      esac\n`;
  return `    ${name})\n${choose}      COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$word")) ;;\n`;
}
