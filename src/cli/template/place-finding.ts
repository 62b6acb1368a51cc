/** Exports: {@link placeFinding}. */
import type { ConfigurationFinding } from '../../lint/lint-configuration.ts';
import type { SourceText } from '../configuration/read-sources.ts';
import type { PlacedFinding } from './report-findings.ts';

/**
 * Says where in its file a finding about a template is, and what the line says. The file may hold more than the
 * template, indented; where the template is not found in it, the line of the template stands in the message.
 */
export function placeFinding(
  finding: ConfigurationFinding,
  template: string | undefined,
  { file, fileText }: Pick<SourceText, 'file' | 'fileText'>,
): PlacedFinding {
  const { line, column, ...rest } = finding;
  const named = { ...rest, ...(file !== undefined && { file }) };
  if (line === undefined || template === undefined) return named;
  const lines = template.split('\n');
  const lineText = (lines[line - 1] ?? '').trimEnd();
  if (fileText === undefined) return { ...finding, ...named, lineText };
  const fileLines = fileText.split('\n');
  const start = startOf(fileLines, template.trimEnd().split('\n'));
  if (start === undefined) {
    const said = lineText.trim() === '' ? '' : `: ${lineText.trim()}`;
    return { ...named, message: `${rest.message} (line ${line} of the template${said})` };
  }
  return {
    ...named,
    line: line + start.line,
    column: (column ?? 1) + start.indent,
    lineText: (fileLines[line + start.line - 1] ?? '').trimEnd(),
  };
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
