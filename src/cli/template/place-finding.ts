/** Exports: {@link placeFinding}. */
import type { ConfigurationFinding } from '../../lint/lint-configuration.ts';
import type { SourceText } from '../configuration/read-sources.ts';
import type { PlacedFinding } from './report-findings.ts';

/**
 * Says where in its file a finding about a template is. The file may hold more than the template, indented; where
 * the template is not found in it, the line stands in the message.
 */
export function placeFinding(
  finding: ConfigurationFinding,
  template: string | undefined,
  { file, fileText }: Pick<SourceText, 'file' | 'fileText'>,
): PlacedFinding {
  const { line, column, ...rest } = finding;
  const named = file === undefined ? finding : { ...finding, file };
  if (line === undefined || template === undefined || fileText === undefined) return named;
  const start = startOf(fileText.split('\n'), template.trimEnd().split('\n'));
  if (start === undefined) {
    const message = `${rest.message} (line ${line} of the template)`;
    return { ...rest, ...(file !== undefined && { file }), message };
  }
  return { ...named, line: line + start.line, column: (column ?? 1) + start.indent };
}

/** How many lines stand above the template, and how far it is indented. */
function startOf(
  file: readonly string[],
  template: readonly string[],
): { line: number; indent: number } | undefined {
  const [first = ''] = template;
  for (let line = 0; line + template.length <= file.length; line++) {
    const indent = (file[line] ?? '').indexOf(first);
    if (indent < 0 || (file[line] ?? '').trimEnd() !== ' '.repeat(indent) + first.trimEnd())
      continue;
    const all = template.every((text, at) => {
      const found = (file[line + at] ?? '').trimEnd();
      return found === (text.trim() === '' ? found.trim() : ' '.repeat(indent) + text.trimEnd());
    });
    if (all) return { line, indent };
  }
  return undefined;
}
