/** Exports: {@link zshCompletion}. */
import type { ArgumentShape, CommandShape, OptionShape } from '../reference/program-shape.ts';

/**
 * A completion script for zsh, for a folder of `fpath` (`outrigger completion zsh > "\${fpath[1]}/_outrigger"`) or
 * to be sourced.
 */
export function zshCompletion(commands: readonly CommandShape[]): string {
  return `#compdef outrigger
_outrigger() {
  local -a commands
  if (( CURRENT == 2 )); then
${describe(commands, '    ')}
    return
  fi
  case $words[2] in
${commands.map(branch).join('')}  esac
}
if [ "$funcstack[1]" = _outrigger ]; then
  _outrigger "$@"
else
  compdef _outrigger outrigger
fi
`;
}

function describe(commands: readonly CommandShape[], indent: string): string {
  const list = commands.map(
    ({ name, summary }) => `${indent}  ${quote(`${name}:${summary.replaceAll(':', '\\:')}`)}\n`,
  );
  return `${indent}commands=(\n${list.join('')}${indent})\n${indent}_describe command commands`;
}

function branch(command: CommandShape): string {
  const { name, subcommands } = command;
  if (subcommands.length === 0) return `    ${name})\n${specs(command, '      ')} ;;\n`;
  const inner = subcommands.map((one) => `        ${one.name})\n${specs(one, '          ')} ;;\n`);
  return `    ${name})
      if (( CURRENT == 3 )); then
${describe(subcommands, '        ')}
        return
      fi
      case $words[3] in
${inner.join('')}      esac ;;
`;
}

function specs({ options, argument }: CommandShape, indent: string): string {
  const all = [...options.flatMap(spec), "'--help[print this help]'", ...rest(argument)];
  return `${indent}_arguments ${all.join(` \\\n${indent}  `)}`;
}

function rest(argument: ArgumentShape | undefined): string[] {
  if (argument === undefined) return ["'*: :'"];
  if (argument.choices.length > 0) return [quote(`*:value:(${argument.choices.join(' ')})`)];
  return [argument.takesFile ? "'*:file:_files'" : "'*: :'"];
}

function spec({ short, long, description, takesValue, takesFile, choices }: OptionShape): string[] {
  const text = description.replace(/[[\]:]/g, ' ').replaceAll('\n', ' ');
  const action = choices.length > 0 ? `(${choices.join(' ')})` : takesFile ? '_files' : '';
  const value = takesValue ? `:value:${action}` : '';
  return [
    ...(short === undefined ? [] : [quote(`*${short}[${text}]${value}`)]),
    // With =, the value may follow in the same word or the next.
    ...(long === undefined ? [] : [quote(`*${long}${takesValue ? '=' : ''}[${text}]${value}`)]),
  ];
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
