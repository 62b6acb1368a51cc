/** Exports: {@link lineOfValue}. */
import { locate } from '../../manifest/source/locate.ts';
import type { SourceNode } from '../../manifest/source/source-node.ts';
import type { ValuePath } from '../../settings/value-path.ts';

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
