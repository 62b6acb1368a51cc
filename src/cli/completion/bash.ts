/** Exports: {@link bashCompletion}. */
import type { CommandShape } from '../reference/program-shape.ts';

/** A completion script for bash: `source <(outrigger completion bash)`. */
export function bashCompletion(commands: readonly CommandShape[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  return `# bash completion for outrigger
_outrigger() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]} inner=\${COMP_WORDS[2]}
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    ${offer(`${names} help --help --version`)}
    return
  fi
  # --flag=value comes as three words.
  if [ "$before" = '=' ]; then before=\${COMP_WORDS[COMP_CWORD-2]}; fi
  if [ "$word" = '=' ]; then word=; fi
  case "$command" in
    help)
      ${offer(names)} ;;
${commands.map(branch).join('')}  esac
}
complete -o default -F _outrigger outrigger
`;
}

function branch(command: CommandShape): string {
  const { name, subcommands } = command;
  if (subcommands.length === 0) return `    ${name})\n${words(command, '      ')}      ;;\n`;
  const inner = subcommands.map(
    (one) => `        ${one.name})\n${words(one, '          ')}          ;;\n`,
  );
  return `    ${name})
      if [ "$COMP_CWORD" -eq 2 ]; then
        ${offer(`${subcommands.map((one) => one.name).join(' ')} help --help`)}
        return
      fi
      case "$inner" in
${inner.join('')}      esac ;;
`;
}

/** What fits at the end of a command. Where nothing is offered, bash goes on to offer files. */
function words({ options, argument }: CommandShape, indent: string): string {
  const values = options.flatMap(({ short, long, choices, takesFile, takesValue }) => {
    if (!takesValue) return [];
    const flags = [short, long].filter(Boolean).join('|');
    const action = choices.length > 0 ? `${offer(choices.join(' '))}; return` : 'return';
    return takesFile || choices.length > 0 ? [`${indent}  ${flags}) ${action} ;;\n`] : [];
  });
  const choose =
    values.length === 0 ? '' : `${indent}case "$before" in\n${values.join('')}${indent}esac\n`;
  const flags = options.map(({ long, short }) => long ?? short);
  const all = [...(argument?.choices ?? []), ...flags, '--help'].join(' ');
  const files = argument?.takesFile ? `[[ $word == -* ]] && ` : '';
  return `${choose}${indent}${files}${offer(all)}\n`;
}

function offer(list: string): string {
  return `COMPREPLY=($(compgen -W '${list}' -- "$word"))`;
}
