/** Exports: {@link zshCompletion}. */
import type { CommandShape, OptionShape } from '../reference/program-shape.ts';

/** A completion script for zsh: `outrigger completion zsh > "\${fpath[1]}/_outrigger"`. */
export function zshCompletion(commands: readonly CommandShape[]): string {
  const list = commands.map(({ name, summary }) => `    ${quote(`${name}:${summary}`)}`).join('\n');
  return `#compdef outrigger
_outrigger() {
  local -a commands
  commands=(
${list}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  case $words[2] in
${commands.map(branch).join('')}  esac
}
_outrigger "$@"
`;
}

function branch({ name, options, subcommands }: CommandShape): string {
  const specs = [...options, ...subcommands.flatMap((inner) => inner.options)].flatMap(spec);
  const inner =
    subcommands.length === 0
      ? `'*:file:_files'`
      : quote(`2:command:(${subcommands.map((one) => one.name).join(' ')})`);
  return `    ${name})\n      _arguments ${[...new Set(specs), inner].join(' \\\n        ')} ;;\n`;
}

function spec({ short, long, description, takesValue, takesFile, choices }: OptionShape): string[] {
  const text = description.replace(/[[\]:]/g, ' ').replaceAll('\n', ' ');
  const action = choices.length > 0 ? `(${choices.join(' ')})` : takesFile ? '_files' : '';
  const value = takesValue ? `:value:${action}` : '';
  return [short, long]
    .filter((flag) => flag !== undefined)
    .map((flag) => quote(`*${flag}[${text}]${value}`));
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
