import type { JsonObject } from '../../json.ts';
import {
  columnOf,
  commentAbove,
  lineEnd,
  lineStart,
  skipComments,
  startsLine,
} from '../source/lines.ts';
import type { SourceEntry, SourceMap } from '../source/source-node.ts';
import { emitEntry } from './emit-block.ts';
import { emitFlowEntry } from './emit-flow.ts';
import { memberLayout } from './flow-layout.ts';
import { changeMembers } from './flow-members.ts';
import { insertBlock } from './insert-lines.ts';
import { type MapChanges, mapChanges } from './map-changes.ts';
import { removeLines } from './remove-lines.ts';
import type { Rewriting, Slot } from './rewriting.ts';
import { unfold } from './unfold.ts';

/** New pairs that read better in front of another one than at the end. */
const standsBefore: ReadonlyMap<string, string> = new Map([['metadata', 'spec']]);

/** Edits a mapping pair by pair. False, with nothing decided, when it has to be written anew. */
export function reconcileMap(
  work: Rewriting,
  node: SourceMap,
  before: JsonObject,
  after: JsonObject,
  slot: Slot,
): boolean {
  const changes = mapChanges(work, node, before, after);
  if (!changes) return false;
  const left = changes.keep.length + node.entries.filter(({ merge }) => merge).length;
  if (left === 0 && changes.remove.length > 0) {
    return !node.flow && changes.add.length > 0 && exchangeMembers(work, node, changes);
  }
  if (left === 0 && changes.add.length > 0) return false;
  if (node.flow) {
    if (unfold(work, node, before, after, slot)) return true;
    editFlowMap(work, node, changes, slot);
    return true;
  }
  return editBlockMap(work, node, changes);
}

function editFlowMap(work: Rewriting, node: SourceMap, changes: MapChanges, slot: Slot): void {
  const { text, style } = work;
  const outer = slot.kind === 'flow' ? slot : undefined;
  const { layout, indent } = memberLayout(text, node, style.json, outer);
  for (const { entry, before, after } of changes.keep) {
    const bare = entry.colonEnd === entry.keyEnd;
    work.visit(work, entry.value, before, after, { kind: 'flow', layout, indent, bare });
  }
  const places = node.entries.map((entry) => ({ start: entry.start, end: entryEnd(entry) }));
  const removed = new Set(changes.remove.map((entry) => node.entries.indexOf(entry)));
  const added = changes.add.map(([key, value]) => emitFlowEntry(key, value, layout, indent, style));
  changeMembers(work, places, removed, added, { layout, indent });
}

function editBlockMap(work: Rewriting, node: SourceMap, changes: MapChanges): boolean {
  const { text, style } = work;
  const [first] = node.entries;
  const last = node.entries.at(-1);
  if (!first || !last) return false;
  const column = columnOf(text, first.start);
  for (const { entry, before, after } of changes.keep) {
    work.visit(work, entry.value, before, after, { kind: 'key', column, from: entry.colonEnd });
  }
  const places = node.entries.map((entry) => ({ start: entry.start, end: entryEnd(entry) }));
  removeLines(work, places, new Set(changes.remove.map((entry) => node.entries.indexOf(entry))));
  const end = skipComments(text, lineEnd(text, entryEnd(last)), column);
  for (const [key, value] of changes.add) {
    const block = { ...emitEntry(key, value, column, style), column, key, value };
    insertBlock(work, placeBefore(text, node, key, column) ?? end, block);
  }
  return true;
}

/** Writes new pairs in the place of the first, and takes the others away: comments between them stay. */
function exchangeMembers(work: Rewriting, node: SourceMap, { add }: MapChanges): boolean {
  const { text, style, edits } = work;
  const [first, ...others] = node.entries;
  if (!first || !others.every((entry) => startsLine(text, entry.start))) return false;
  const column = columnOf(text, first.start);
  const lines = add.flatMap(([key, value]) => emitEntry(key, value, column, style).lines);
  const written = lines.join(style.lineBreak).trimStart();
  const firstEnd = entryEnd(first);
  // A block scalar ends after its line break.
  const lineBreak = text[firstEnd - 1] === '\n' ? style.lineBreak : '';
  edits.push({ start: first.start, end: firstEnd, text: written + lineBreak });
  for (const entry of others) {
    const [start, end] = [lineStart(text, entry.start), lineEnd(text, entryEnd(entry))];
    edits.push({ start, end, text: '' });
  }
  return true;
}

/** Where a new pair goes that has a place of its own in front of another one. */
function placeBefore(
  text: string,
  node: SourceMap,
  key: string,
  column: number,
): number | undefined {
  const follower = standsBefore.get(key);
  const entry = node.entries.find((candidate) => candidate.key === follower);
  if (follower === undefined || !entry || !startsLine(text, entry.start)) return undefined;
  return commentAbove(text, lineStart(text, entry.start), column);
}

function entryEnd(entry: SourceEntry): number {
  return Math.max(entry.colonEnd, entry.value.end);
}
