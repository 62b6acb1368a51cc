/** Exports: {@link lineOfValue}, {@link placeOfValue}, {@link withLineOfValue}. */
import { OutriggerError } from '../../errors.ts';
import { locate } from '../../manifest/source/locate.ts';
import type { SourceNode } from '../../manifest/source/source-node.ts';
import type { ValuePath } from '../../settings/value-path.ts';
import { findLine } from './find-line.ts';
import type { SourceText } from './read-sources.ts';

/** The line, from 1, on which a value's name stands in a YAML or JSON text; undefined when it is not found. */
export function lineOfValue(text: string, path: ValuePath): number | undefined {
  let node: SourceNode | undefined;
  try {
    node = locate(text, (key) => key);
  } catch {
    return undefined;
  }
  let offset: number | undefined;
  for (const part of path) {
    if (node?.kind === 'map') {
      const entry = node.entries.find(({ key }) => key === part);
      offset = entry?.start;
      node = entry?.value;
    } else if (node?.kind === 'list' && typeof part === 'number') {
      offset = node.items[part]?.start;
      node = node.items[part]?.value;
    } else return undefined;
  }
  return offset === undefined ? undefined : text.slice(0, offset).split('\n').length;
}

/** The line in the file that holds a text, maybe indented as in a ConfigMap; undefined when it is not found. */
export function placeOfValue(
  { text, fileText }: SourceText,
  path: ValuePath,
): { line: number; text: string } | undefined {
  const line = fileText === undefined ? undefined : lineOfValue(text, path);
  if (line === undefined || fileText === undefined) return undefined;
  return text === fileText
    ? { line, text: text.split('\n')[line - 1] ?? '' }
    : findLine(fileText, text, line);
}

/** Adds the line to an error that has only a path: the type of a value is checked when its line is long forgotten. */
export function withLineOfValue(error: unknown, source: SourceText): unknown {
  if (!(error instanceof OutriggerError)) return error;
  const { place, code, message, hint } = error;
  if (place.line !== undefined || !place.path) return error;
  const found = placeOfValue(source, place.path.split('.'));
  if (found === undefined) return error;
  return new OutriggerError(code, message, {
    place: { ...place, line: found.line, lineText: found.text },
    ...(hint !== undefined && { hint }),
    cause: error,
  });
}
