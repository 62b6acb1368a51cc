import { isJsonObject, type JsonValue } from '../../json.ts';
import { jsonEqual } from '../../json-equal.ts';
import type { SourceNode } from '../source/source-node.ts';
import { reconcileList } from './reconcile-list.ts';
import { reconcileMap } from './reconcile-map.ts';
import { replaceNode } from './replace-node.ts';
import type { Rewriting, Slot } from './rewriting.ts';

/**
 * Decides on the edits that turn a node which now means `before` into one that means `after`, changing as
 * little text as possible. Nodes are visited in the order of the text: an alias knows what became of its
 * anchor.
 */
export function reconcile(
  work: Rewriting,
  node: SourceNode,
  before: JsonValue,
  after: JsonValue,
  slot: Slot,
): void {
  const equal = jsonEqual(before, after);
  if (equal && !work.aliases && work.forced.size === 0) return;
  if (work.forced.has(node) || !isEdited(work, node, before, after, slot)) {
    replaceNode(work, node, after, slot);
  } else if (node.anchor !== undefined) {
    work.anchored.set(node, after);
  }
}

/** Edits inside of a node. False when it has to be written anew instead. */
function isEdited(
  work: Rewriting,
  node: SourceNode,
  before: JsonValue,
  after: JsonValue,
  slot: Slot,
): boolean {
  switch (node.kind) {
    case 'alias': {
      const value = node.target && work.anchored.get(node.target);
      return value !== undefined && jsonEqual(value, after);
    }
    case 'scalar':
      return jsonEqual(before, after);
    case 'map':
      return (
        isJsonObject(before) && isJsonObject(after) && reconcileMap(work, node, before, after, slot)
      );
    case 'list':
      return (
        Array.isArray(before) &&
        Array.isArray(after) &&
        reconcileList(work, node, before, after, slot)
      );
  }
}
