/** What lint found, as people and scripts are told. Exports: {@link PlacedFinding}, {@link reportFindings}. */
import type { ConfigurationFinding } from '../../lint/lint-configuration.ts';
import type { CliContext } from '../context.ts';
import { inputName } from '../documents/input-names.ts';
import { excerptOf } from '../excerpt.ts';

/** A finding and the file it is in. Lines are those of the file; without one, of the template. */
export interface PlacedFinding extends ConfigurationFinding {
  readonly file?: string;
  /** The text of the line. */
  readonly lineText?: string;
}

/** How findings are printed. */
export type FindingsFormat = 'text' | 'json';

/**
 * Prints the findings and a summary, and sets exit code 1 when there are errors.
 *
 * @param checked what was looked at, for the summary
 */
export function reportFindings(
  found: readonly PlacedFinding[],
  checked: string,
  format: FindingsFormat,
  context: CliContext,
): void {
  const findings = found.map((each) =>
    each.file === undefined ? each : { ...each, file: inputName(each.file) },
  );
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  if (format === 'json') {
    context.stdout.write(`${JSON.stringify({ errors, warnings, findings }, undefined, 2)}\n`);
  } else {
    for (const each of findings) context.stdout.write(`${textOf(each)}\n`);
    const summary = `${checked}: ${count(errors, 'error')}, ${count(warnings, 'warning')}`;
    context.stderr.write(`${summary}\n`);
  }
  if (errors > 0) context.exitCode = 1;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

/** The finding, and below it the line that it is about. */
function textOf(finding: PlacedFinding): string {
  const { line, column, lineText } = finding;
  const excerpt =
    line === undefined || lineText === undefined ? undefined : excerptOf(line, column, lineText);
  return excerpt === undefined ? headingOf(finding) : `${headingOf(finding)}\n${excerpt}`;
}

/** As compilers write it, so that editors find the place. */
function headingOf({
  file,
  template,
  line,
  column,
  severity,
  rule,
  message,
}: PlacedFinding): string {
  const place = [file, line, line === undefined ? undefined : column]
    .filter((part) => part !== undefined)
    .join(':');
  const about = template === undefined ? '' : `template ${template}: `;
  return `${place === '' ? '' : `${place}: `}${severity}: ${about}${message} [${rule}]`;
}
