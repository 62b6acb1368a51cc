import type { JsonValue } from '../../json.ts';
import { lineEnd } from '../source/lines.ts';
import type { SourceNode } from '../source/source-node.ts';
import { emitEntries, emitItems, emitSlot, type SlotText } from './emit-block.ts';
import { emitFlow } from './emit-flow.ts';
import { emitScalar, isScalar } from './emit-scalar.ts';
import { rootLayout } from './flow-layout.ts';
import { insertLines } from './insert-lines.ts';
import type { Rewriting, Slot } from './rewriting.ts';
import type { TextStyle } from './text-style.ts';

/** Writes a node anew as a whole, in the style of its surroundings. */
export function replaceNode(work: Rewriting, node: SourceNode, value: JsonValue, slot: Slot): void {
  if (node.kind === 'scalar' && node.anchor !== undefined && !node.tagged && isScalar(value)) {
    // The anchor stays, so its aliases get the new value, too; whether they should is seen at each alias.
    work.anchored.set(node, value);
  }
  switch (slot.kind) {
    case 'root':
      replaceRoot(work, node, value);
      return;
    case 'flow': {
      const text = emitFlow(value, slot.layout, slot.indent, work.style);
      const before = node.kind !== 'scalar' || node.style !== 'empty' ? '' : slot.bare ? ': ' : ' ';
      work.edits.push({ start: replaceFrom(node), end: node.end, text: before + text });
      return;
    }
    default:
      fillSlot(work, node, emitSlot(value, slot.kind, slot.column, styleOf(work, node)), slot);
  }
}

/** A scalar that was in quotes gets the same quotes again. */
function styleOf({ style }: Rewriting, node: SourceNode): TextStyle {
  const quoted = node.kind === 'scalar' && (node.style === 'single' || node.style === 'double');
  return quoted ? { ...style, quote: node.style, quoteAll: true } : style;
}

/** Puts text into the slot of a node, in place of the node. */
export function fillSlot(
  work: Rewriting,
  node: SourceNode,
  { head, body }: SlotText,
  slot: Extract<Slot, { column: number }>,
): void {
  const { text, style, edits } = work;
  const gap = slot.kind === 'dash' && body.length > 0 ? style.dashWidth - 1 : 1;
  const isEmpty = node.kind === 'scalar' && node.style === 'empty';
  const oneLine = !text.slice(slot.from, node.end).includes('\n');
  if (oneLine && body.length === 0) {
    const start = replaceFrom(node);
    edits.push({ start, end: node.end, text: isEmpty ? ` ${head}` : head });
    return;
  }
  const start = isEmpty ? node.end : slot.from;
  const shown = head === '' ? '' : ' '.repeat(gap) + head;
  if (oneLine) {
    // What is left on the line can only be a comment; it stays there, and the rest goes below.
    edits.push({ start, end: node.end, text: shown });
    insertLines(work, lineEnd(text, node.end), body);
    return;
  }
  const firstLine = text.slice(slot.from, lineEnd(text, slot.from)).trimEnd();
  const comment = /^[ \t]*#/.test(firstLine) ? firstLine : '';
  const end = withoutLineBreak(text, lineEnd(text, node.end));
  pushLines(work, start, end, [shown + comment, ...body]);
}

/** Replaces a piece of text that ends with its line, but for the line break, by lines. */
function pushLines(work: Rewriting, start: number, end: number, lines: readonly string[]): void {
  const { lineBreak } = work.style;
  // A block scalar means something else when the text ends without a line break.
  const last = end === work.text.length ? lineBreak : '';
  work.edits.push({ start, end, text: lines.join(lineBreak) + last });
}

/** Where the replaced part of a node begins: behind an anchor that can stay. */
function replaceFrom(node: SourceNode): number {
  const keepsAnchor = node.kind === 'scalar' && node.anchor !== undefined && !node.tagged;
  return keepsAnchor ? node.contentStart : node.start;
}

function replaceRoot(work: Rewriting, node: SourceNode, value: JsonValue): void {
  const { text, style, edits } = work;
  if (style.json) {
    const written = emitFlow(value, rootLayout(text, node), '', style);
    edits.push({ start: node.start, end: node.end, text: written });
    return;
  }
  const end = withoutLineBreak(text, lineEnd(text, node.end));
  pushLines(work, node.start, end, emitRoot(value, style));
}

/** The end of a line, before its line break. */
function withoutLineBreak(text: string, end: number): number {
  return end - (/\r?\n$/.exec(text.slice(Math.max(0, end - 2), end))?.[0].length ?? 0);
}

/** The lines of a whole document. */
function emitRoot(value: JsonValue, style: Rewriting['style']): string[] {
  if (isScalar(value)) return [emitScalar(value, style, false)];
  if (Array.isArray(value)) return value.length === 0 ? ['[]'] : emitItems(value, 0, style);
  const lines = emitEntries(value, 0, style);
  return lines.length === 0 ? ['{}'] : lines;
}
