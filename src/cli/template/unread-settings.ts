/** Settings that nothing reads; most likely they are misspelled. Exports: {@link unreadFields}, {@link unreadValues}. */
import { parseGoYaml } from '../../goyaml/index.ts';
import type { JsonValue } from '../../json.ts';
import type { UnknownValue } from '../../settings/known-values.ts';
import { pathText } from '../../settings/value-path.ts';
import { placeOfValue } from '../configuration/line-of-value.ts';
import type { SourceText } from '../configuration/read-sources.ts';
import { type UnreadValue, unreadValuesIn } from '../configuration/unknown-value-notes.ts';
import type { PlacedFinding } from './report-findings.ts';

/** Findings about the members of a text that `unknown` finds; a text that is not YAML has none. */
export function unreadFields(
  source: SourceText,
  unknown: (value: JsonValue) => readonly UnknownValue[],
): readonly PlacedFinding[] {
  // What comes with Outrigger is tested.
  if (source.file === undefined) return [];
  let value: JsonValue;
  try {
    value = parseGoYaml(source.text);
  } catch {
    return [];
  }
  const { file } = source;
  return unknown(value).map(({ path, suggestion }) => {
    const found = placeOfValue(source, path);
    const hint = suggestion === undefined ? '' : `; did you mean ${suggestion}?`;
    const message = `nothing reads ${pathText(path)}${hint}`;
    return findingAbout({ message, file, line: found?.line, lineText: found?.text });
  });
}

/** Findings about values; see {@link unreadValuesIn}. */
export function unreadValues(
  layers: readonly SourceText[],
  config: string,
): readonly PlacedFinding[] {
  return unreadValuesIn(layers, config).map(findingAbout);
}

function findingAbout({ message, file, line, lineText }: UnreadValue): PlacedFinding {
  return {
    rule: 'unread-setting',
    severity: 'warning',
    message,
    ...(file !== undefined && { file }),
    ...(line !== undefined && { line }),
    ...(lineText !== undefined && { lineText }),
  };
}
