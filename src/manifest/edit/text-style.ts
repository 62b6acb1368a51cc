import { columnOf, startsLine } from '../source/lines.ts';
import type { SourceNode } from '../source/source-node.ts';

/** How an author writes: what new text has to look like to fit in. */
export interface TextStyle {
  readonly lineBreak: '\n' | '\r\n';
  /** Columns from a mapping to the mapping below one of its keys. */
  readonly indent: number;
  /** Columns from a key to the dashes of its list. */
  readonly dashIndent: number;
  /** Columns from a dash to its item. */
  readonly dashWidth: number;
  readonly quote: 'single' | 'double';
  /** Whether strings are in quotes that need none. */
  readonly quoteAll?: boolean;
  /** Whether strings of several lines may be block scalars; else they are in quotes. */
  readonly literals: boolean;
  /** Whether the text is JSON: strings in double quotes, nothing plain, no block style. */
  readonly json: boolean;
}

/** Whether two styles make the same text. */
export function isSameStyle(a: TextStyle, b: TextStyle): boolean {
  return (
    a === b ||
    (a.lineBreak === b.lineBreak &&
      a.indent === b.indent &&
      a.dashIndent === b.dashIndent &&
      a.dashWidth === b.dashWidth &&
      a.quote === b.quote &&
      a.quoteAll === b.quoteAll &&
      a.literals === b.literals &&
      a.json === b.json)
  );
}

/** Reads an author's style off a text; what the text does not show is as kubectl prints it. */
export function readStyle(text: string, root: SourceNode, json: boolean): TextStyle {
  const counts = { single: 0, double: 0 };
  const indents = new Map<number, number>();
  const dashIndents = new Map<number, number>();
  const dashWidths = new Map<number, number>();
  const count = (map: Map<number, number>, width: number): void => {
    map.set(width, (map.get(width) ?? 0) + 1);
  };
  const visit = (node: SourceNode): void => {
    if (node.kind === 'scalar' && (node.style === 'single' || node.style === 'double')) {
      counts[node.style]++;
    } else if (node.kind === 'map') {
      for (const entry of node.entries) {
        const { value } = entry;
        if (!node.flow && value.kind !== 'scalar' && value.kind !== 'alias' && !value.flow) {
          const width = columnOf(text, value.contentStart) - columnOf(text, entry.start);
          count(value.kind === 'map' ? indents : dashIndents, width);
        }
        visit(value);
      }
    } else if (node.kind === 'list') {
      for (const item of node.items) {
        const onSameLine = !node.flow && !startsLine(text, item.value.start);
        if (onSameLine && item.value.kind === 'map' && !item.value.flow) {
          count(dashWidths, item.value.start - item.start);
        }
        visit(item.value);
      }
    }
  };
  visit(root);
  return {
    lineBreak: /\r?\n/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n',
    indent: mostCommon(indents) ?? 2,
    dashIndent: mostCommon(dashIndents) ?? 0,
    dashWidth: mostCommon(dashWidths) ?? 2,
    quote: counts.single > counts.double ? 'single' : 'double',
    literals: true,
    json,
  };
}

function mostCommon(counts: ReadonlyMap<number, number>): number | undefined {
  let best: number | undefined;
  let most = 0;
  for (const [width, times] of counts) {
    if (times > most) [best, most] = [width, times];
  }
  return best;
}
