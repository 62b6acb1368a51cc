import { isJsonObject, type JsonValue } from '../../json.ts';
import { jsonEqual } from '../../json-equal.ts';
import type { SourceList, SourceMap, SourceNode } from '../source/source-node.ts';
import { alignItems } from './align-items.ts';
import { emitEntry, emitItem, emitSlot, joinSlot, type SlotText } from './emit-block.ts';
import { emitScalar } from './emit-scalar.ts';
import { mapChanges } from './map-changes.ts';
import { fillSlot } from './replace-node.ts';
import type { Rewriting, Slot } from './rewriting.ts';

/** A flow collection that would become wider than this is written in block style. */
const widest = 100;

/**
 * Turns a flow collection on one line into block style when what is added would make it too long to read.
 * The parts that do not change stay as they are written. False when it stays in flow style.
 */
export function unfold(
  work: Rewriting,
  node: SourceMap | SourceList,
  before: JsonValue,
  after: JsonValue,
  slot: Slot,
): boolean {
  if (slot.kind !== 'key' && slot.kind !== 'dash') return false;
  if (work.style.json || node.tagged || node.anchor !== undefined) return false;
  if (work.aliases && hasNames(node)) return false;
  if (jsonEqual(before, after) || JSON.stringify(after).length + slot.column <= widest)
    return false;
  if (work.text.slice(node.start, node.end).includes('\n')) return false;
  const unfolded = unfoldSlot(work, node, before, after, slot.kind, slot.column);
  fillSlot(work, node, unfolded, slot);
  return true;
}

/** Whether there are anchors or aliases in a node; to move them could change what they mean. */
function hasNames(node: SourceNode): boolean {
  if (node.anchor !== undefined || node.kind === 'alias') return true;
  if (node.kind === 'map') return node.entries.some(({ value }) => hasNames(value));
  return node.kind === 'list' && node.items.some(({ value }) => hasNames(value));
}

function unfoldSlot(
  work: Rewriting,
  node: SourceNode,
  before: JsonValue,
  after: JsonValue,
  parent: 'key' | 'dash',
  column: number,
): SlotText {
  const { style, text } = work;
  if (jsonEqual(before, after) && node.start < node.end) {
    return { head: text.slice(node.start, node.end), body: [] };
  }
  if (node.kind === 'map' && isJsonObject(before) && isJsonObject(after)) {
    const changes = mapChanges(work, node, before, after);
    if (!changes) return emitSlot(after, parent, column, style);
    const inner = column + (parent === 'key' ? style.indent : style.dashWidth);
    const kept = changes.keep.flatMap((member) => {
      const { entry } = member;
      const name = emitKey(text.slice(entry.start, entry.keyEnd), entry.key ?? '', work);
      const slot = unfoldSlot(work, entry.value, member.before, member.after, 'key', inner);
      return joinSlot(`${' '.repeat(inner)}${name}:`, slot, 1);
    });
    const added = changes.add.flatMap(([key, value]) => emitEntry(key, value, inner, style).lines);
    return asSlot([...kept, ...added], parent);
  }
  if (node.kind === 'list' && Array.isArray(before) && Array.isArray(after)) {
    const inner = column + (parent === 'key' ? style.dashIndent : style.dashWidth);
    const lines = alignItems(before, after).flatMap((step) => {
      if (step.kind === 'remove') return [];
      const value = after[step.after] ?? null;
      const item = step.kind === 'keep' ? node.items[step.before]?.value : undefined;
      if (step.kind === 'insert' || !item) return emitItem(value, inner, style).lines;
      const slot = unfoldSlot(work, item, before[step.before] ?? null, value, 'dash', inner);
      return joinSlot(
        `${' '.repeat(inner)}-`,
        slot,
        slot.body.length > 0 ? style.dashWidth - 1 : 1,
      );
    });
    return asSlot(lines, parent);
  }
  return emitSlot(after, parent, column, style);
}

/** The key as it is written, unless that is not a key outside of brackets (`? a`). */
function emitKey(source: string, key: string, { style }: Rewriting): string {
  return source.startsWith('?') ? emitScalar(key, style, false) : source;
}

function asSlot(lines: string[], parent: 'key' | 'dash'): SlotText {
  if (parent === 'key') return { head: '', body: lines };
  const [first = '', ...rest] = lines;
  return { head: first.trimStart(), body: rest };
}
