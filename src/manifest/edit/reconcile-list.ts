import type { JsonValue } from '../../json.ts';
import {
  columnOf,
  commentAbove,
  lineEnd,
  lineStart,
  skipComments,
  startsLine,
} from '../source/lines.ts';
import type { SourceItem, SourceList } from '../source/source-node.ts';
import { type AlignStep, alignItems } from './align-items.ts';
import { emitItem } from './emit-block.ts';
import { emitFlow } from './emit-flow.ts';
import { memberLayout } from './flow-layout.ts';
import { changeMembers, insertMembers } from './flow-members.ts';
import { type InsertedBlock, insertBlock } from './insert-lines.ts';
import { removeLines } from './remove-lines.ts';
import type { Rewriting, Slot } from './rewriting.ts';
import { unfold } from './unfold.ts';

/** Edits a list item by item. False, with nothing decided, when it has to be written anew. */
export function reconcileList(
  work: Rewriting,
  node: SourceList,
  before: JsonValue[],
  after: JsonValue[],
  slot: Slot,
): boolean {
  if (node.items.length !== before.length) return false;
  const steps = alignItems(before, after);
  const stays = steps.some(({ kind }) => kind === 'keep');
  if (!stays) return steps.length === 0;
  if (node.flow) {
    if (unfold(work, node, before, after, slot)) return true;
    editFlowList(work, node, before, after, steps, slot);
    return true;
  }
  editBlockList(work, node, before, after, steps);
  return true;
}

function editBlockList(
  work: Rewriting,
  node: SourceList,
  before: JsonValue[],
  after: JsonValue[],
  steps: readonly AlignStep[],
): void {
  const { text } = work;
  const first = node.items[0] as SourceItem;
  const column = columnOf(text, first.start);
  const dashWidth = dashWidthOf(text, node) ?? work.style.dashWidth;
  const style = dashWidth === work.style.dashWidth ? work.style : { ...work.style, dashWidth };
  // Where the next new item goes: behind the last old one that was passed.
  let at: number | undefined;
  for (const step of steps) {
    if (step.kind === 'insert') {
      const value = after[step.after] ?? null;
      const block = { ...emitItem(value, column, style), column, value };
      if (at === undefined) insertBefore(work, first.start, block);
      else insertBlock(work, at, block);
      continue;
    }
    const item = node.items[step.before] as SourceItem;
    const end = lineEnd(text, itemEnd(item));
    at = skipComments(text, end, column + 1);
    if (step.kind === 'keep') {
      work.visit(work, item.value, before[step.before] ?? null, after[step.after] ?? null, {
        kind: 'dash',
        column,
        from: item.dashEnd,
      });
    }
  }
  removeLines(
    work,
    node.items.map((item) => ({ start: item.start, end: itemEnd(item) })),
    removedBy(steps),
  );
}

/** Puts new items in front of the first one, and of the comment right above it. */
function insertBefore(work: Rewriting, start: number, block: InsertedBlock): void {
  const { text, style, edits } = work;
  const { lines, column } = block;
  if (startsLine(text, start)) {
    insertBlock(work, commentAbove(text, lineStart(text, start), column), block);
    return;
  }
  // In `- - a` the first item of the inner list has no line of its own.
  const pad = style.lineBreak + ' '.repeat(column);
  edits.push({ start, end: start, text: lines.join(style.lineBreak).trimStart() + pad });
}

function removedBy(steps: readonly AlignStep[]): Set<number> {
  return new Set(steps.flatMap((step) => (step.kind === 'remove' ? [step.before] : [])));
}

function editFlowList(
  work: Rewriting,
  node: SourceList,
  before: JsonValue[],
  after: JsonValue[],
  steps: readonly AlignStep[],
  slot: Slot,
): void {
  const { text, style } = work;
  const outer = slot.kind === 'flow' ? slot : undefined;
  const member = memberLayout(text, node, style.json, outer);
  const places = node.items.map((item) => ({ start: item.start, end: itemEnd(item) }));
  let waiting: string[] = [];
  for (const step of steps) {
    if (step.kind === 'insert') {
      waiting.push(emitFlow(after[step.after] ?? null, member.layout, member.indent, style));
    } else if (step.kind === 'keep') {
      const item = node.items[step.before] as SourceItem;
      if (waiting.length > 0) insertMembers(work, item, waiting, member);
      waiting = [];
      work.visit(work, item.value, before[step.before] ?? null, after[step.after] ?? null, {
        kind: 'flow',
        ...member,
        bare: false,
      });
    }
  }
  changeMembers(work, places, removedBy(steps), waiting, member);
}

function itemEnd(item: SourceItem): number {
  return Math.max(item.dashEnd, item.value.end);
}

/** How far the items of a list stand from their dashes; undefined when it does not show. */
function dashWidthOf(text: string, node: SourceList): number | undefined {
  const item = node.items.find(
    ({ value }) => value.kind === 'map' && !value.flow && !startsLine(text, value.start),
  );
  return item && item.value.start - item.start;
}
