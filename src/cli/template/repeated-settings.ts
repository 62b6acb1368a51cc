/** Exports: {@link repeatedSettings}. */
import { repeatedKeys } from '../../lint/check-overlay.ts';
import { findLine } from '../configuration/find-line.ts';
import type { SourceText } from '../configuration/read-sources.ts';
import type { PlacedFinding } from './report-findings.ts';

/** Findings about keys that a part of the configuration has twice: all but the last value are lost. */
export function repeatedSettings({ text, file, fileText }: SourceText): readonly PlacedFinding[] {
  if (file === undefined || fileText === undefined) return [];
  return repeatedKeys(text).map(({ rule, message, index }) => {
    const line = text.slice(0, index).split('\n').length;
    const found =
      text === fileText
        ? { line, text: text.split('\n')[line - 1] ?? '' }
        : findLine(fileText, text, line);
    return {
      rule,
      severity: 'error',
      message,
      file,
      ...(found !== undefined && { line: found.line, lineText: found.text }),
    };
  });
}
