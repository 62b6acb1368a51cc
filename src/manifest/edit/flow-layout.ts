import { lineStart, startsLine } from '../source/lines.ts';
import type { SourceList, SourceMap, SourceNode } from '../source/source-node.ts';
import type { FlowLayout } from './emit-flow.ts';

/** How a flow collection is laid out, and what the lines of its members begin with. */
export interface MemberLayout {
  readonly layout: FlowLayout;
  readonly indent: string;
}

/**
 * Reads the layout off a flow collection that has members; `outer` is the layout around it, for what the
 * collection itself does not show.
 */
export function memberLayout(
  text: string,
  node: SourceMap | SourceList,
  json: boolean,
  outer: MemberLayout | undefined,
): MemberLayout {
  const [first] = node.kind === 'map' ? node.entries : node.items;
  const quoted = json || isQuoted(text, node) || outer?.layout.quoted === true;
  const gap = readGap(text, node) ?? outer?.layout.gap ?? ' ';
  if (first === undefined || !startsLine(text, first.start)) {
    return { layout: { gap, unit: undefined, quoted }, indent: outer?.indent ?? '' };
  }
  const indent = indentOf(text, first.start);
  const closing = node.end - 1;
  const outside = startsLine(text, closing) ? indentOf(text, closing) : (outer?.indent ?? '');
  const unit = indent.startsWith(outside) ? indent.slice(outside.length) : '  ';
  return { layout: { gap: ' ', unit: unit === '' ? '  ' : unit, quoted }, indent };
}

/** The layout for writing a whole JSON text anew. */
export function rootLayout(text: string, root: SourceNode): FlowLayout {
  if (root.kind !== 'map' && root.kind !== 'list') return { gap: ' ', unit: '  ', quoted: true };
  return memberLayout(text, root, true, undefined).layout;
}

function indentOf(text: string, offset: number): string {
  return text.slice(lineStart(text, offset), offset).replace('\ufeff', '');
}

/** Whether the keys (or else the strings) of a collection are in double quotes. */
function isQuoted(text: string, node: SourceMap | SourceList): boolean {
  if (node.kind === 'map') return text[node.entries.at(-1)?.start ?? -1] === '"';
  const last = node.items.at(-1)?.value;
  return last?.kind === 'scalar' && last.style === 'double';
}

/** Whether a blank follows colons and commas; undefined when there are none. */
function readGap(text: string, node: SourceMap | SourceList): '' | ' ' | undefined {
  if (node.kind === 'map') {
    const entry = node.entries.find(({ keyEnd, colonEnd }) => colonEnd > keyEnd);
    if (entry) return /\s/.test(text[entry.colonEnd] ?? '') ? ' ' : '';
    return undefined;
  }
  const [first, second] = node.items;
  if (!first || !second) return undefined;
  return /\s/.test(text[second.start - 1] ?? '') ? ' ' : '';
}
