/** Exports: {@link manPage}. */
import type { CommandShape, OptionShape } from './program-shape.ts';

/** The manual page outrigger(1), in roff. */
export function manPage(commands: readonly CommandShape[], version: string): string {
  const lines = [
    `.TH OUTRIGGER 1 "" "outrigger ${version}" "User Commands"`,
    '.SH NAME',
    "outrigger \\- add Istio's proxy sidecar to Kubernetes pods",
    '.SH SYNOPSIS',
    '.B outrigger',
    '.I command',
    '[\\fIoptions\\fR]',
    '.SH DESCRIPTION',
    "Adds Istio's proxy sidecar to Kubernetes pods: in manifests, or as an admission webhook.",
    'Standard output carries data only; everything that is said to a person goes to standard error.',
  ];
  for (const command of commands) lines.push(...section(command, command.name));
  return `${lines.join('\n')}\n`;
}

function section(command: CommandShape, path: string): string[] {
  return [
    `.SH ${roff(path.toUpperCase())}`,
    roff(command.description),
    ...command.options.flatMap(entry),
    ...command.subcommands.flatMap((inner) => section(inner, `${path} ${inner.name}`)),
  ];
}

function entry({ flags, description }: OptionShape): string[] {
  return ['.TP', `.B ${roff(flags)}`, roff(description)];
}

/** Text that roff takes as it stands: hyphens stay hyphens, and no line starts a request. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/gm, '\\&$1')
    .replaceAll('\n\n', '\n.PP\n');
}
