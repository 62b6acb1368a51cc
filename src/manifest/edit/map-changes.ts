import type { JsonObject, JsonValue } from '../../json.ts';
import { isJsonObject } from '../../json.ts';
import { jsonEqual } from '../../json-equal.ts';
import type { SourceEntry, SourceMap, SourceNode } from '../source/source-node.ts';
import type { Rewriting } from './rewriting.ts';

/** What happens to the pairs of a mapping. */
export interface MapChanges {
  readonly keep: readonly {
    readonly entry: SourceEntry;
    readonly before: JsonValue;
    readonly after: JsonValue;
  }[];
  readonly remove: readonly SourceEntry[];
  readonly add: readonly (readonly [key: string, value: JsonValue])[];
}

/**
 * Sorts out what happens to each pair of a mapping. Undefined when the text cannot be edited pair by pair:
 * keys that are not text, or members that merge keys bring in and that should go.
 */
export function mapChanges(
  work: Rewriting,
  node: SourceMap,
  before: JsonObject,
  after: JsonObject,
): MapChanges | undefined {
  const merged = mergedMembers(work, node);
  if (merged === undefined)
    return jsonEqual(before, after) ? keepAll(node, before, after) : undefined;
  for (const key of merged.keys()) {
    if (!Object.hasOwn(after, key)) return undefined;
  }
  // Of equal keys the last one counts.
  const last = new Map<string, SourceEntry>();
  const remove: SourceEntry[] = [];
  for (const entry of node.entries) {
    const { key } = entry;
    if (entry.merge) continue;
    if (key === undefined || !Object.hasOwn(before, key)) return undefined;
    last.set(key, entry);
    if (!Object.hasOwn(after, key)) remove.push(entry);
  }
  const keep: MapChanges['keep'][number][] = [];
  for (const [key, entry] of last) {
    if (!Object.hasOwn(after, key)) continue;
    keep.push({ entry, before: before[key] ?? null, after: after[key] ?? null });
  }
  const add: MapChanges['add'][number][] = [];
  for (const key of Object.keys(after)) {
    if (last.has(key)) continue;
    const value = after[key] ?? null;
    const fromMerge = merged.get(key);
    if (fromMerge === undefined || !jsonEqual(fromMerge, value)) add.push([key, value]);
  }
  return { keep, remove, add };
}

/** Nothing changes here, but aliases and anchors below are still to be visited. */
function keepAll(node: SourceMap, before: JsonObject, after: JsonObject): MapChanges {
  const keep = node.entries.flatMap((entry) =>
    entry.key !== undefined && Object.hasOwn(before, entry.key)
      ? [{ entry, before: before[entry.key] ?? null, after: after[entry.key] ?? null }]
      : [],
  );
  return { keep, remove: [], add: [] };
}

/** What merge keys bring in once the edits are made; undefined when that cannot be told. */
function mergedMembers(work: Rewriting, node: SourceMap): Map<string, JsonValue> | undefined {
  const members = new Map<string, JsonValue>();
  for (const entry of node.entries) {
    if (!entry.merge) continue;
    const sources: readonly SourceNode[] =
      entry.value.kind === 'list' ? entry.value.items.map(({ value }) => value) : [entry.value];
    // Of several sources the first one wins, so it is laid down last.
    for (const source of sources.toReversed()) {
      const value = source.kind === 'alias' && source.target && work.anchored.get(source.target);
      if (!value || !isJsonObject(value)) return undefined;
      for (const [key, member] of Object.entries(value)) members.set(key, member);
    }
  }
  return members;
}
