import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { RecentValues } from '../recent-values.ts';
import type { FieldSchema, ListSchema, StructSchema, TypeSchema } from '../schema/types.ts';
import { type FieldPlan, planOf } from './decode-plan.ts';
import { equalTyped } from './equal-typed.ts';
import { graft } from './graft.ts';
import { ownMember } from './json-kind.ts';
import { matchLists, onlyGrowsInFront } from './match-lists.ts';
import type { PatchOperation } from './patch-operation.ts';

/**
 * The patch that leads from `base` to `result` (both normal form), written so that it applies to `raw`,
 * the object whose normal form `base` is: with unknown members, nulls, explicit empties. What the schema
 * does not know is left alone, also when its list element moves.
 *
 * List elements are followed by identity and merge key, so an element that comes in is one `add`, one that
 * moves a `remove` and an `add`. The same arguments always give the same patch.
 */
export function createPatch(
  schema: StructSchema,
  raw: JsonObject,
  base: JsonObject,
  result: JsonObject,
): PatchOperation[] {
  const writer = new PatchWriter();
  writer.struct(schema, raw, base, result, '');
  return writer.operations;
}

class PatchWriter {
  readonly operations: PatchOperation[] = [];

  struct(
    schema: StructSchema,
    raw: JsonObject,
    base: JsonObject,
    result: JsonObject,
    path: string,
  ): void {
    if (base === result) return;
    const changed = changedFields(schema, base, result);
    // What decoding has left as it was is spelled as the schema does.
    const spellings =
      changed.length === 0 || raw === base ? undefined : otherSpellings(schema, raw);
    for (const field of changed) {
      const [before, after] = [base[field.jsonName], result[field.jsonName]];
      const others = spellings?.get(field.jsonName);
      if (others === undefined) this.#field(field, raw, before, after, path);
      else this.#respell(field, raw, others, before, after, path);
    }
    if (schema.open === true) this.#openMembers(schema, raw, base, result, path);
  }

  #field(
    field: FieldSchema,
    raw: JsonObject,
    before: JsonValue | undefined,
    after: JsonValue | undefined,
    path: string,
  ): void {
    const absent = before === undefined || after === undefined;
    if (absent && meansTheSame(field, before, after)) return;
    this.#member(field.type, raw, field.jsonName, before, after, path);
  }

  /** A member of a struct or a map. */
  #member(
    type: TypeSchema,
    raw: JsonObject,
    key: string,
    before: JsonValue | undefined,
    after: JsonValue | undefined,
    path: string,
  ): void {
    const place = `${path}/${escapeSegment(key)}`;
    const there = ownMember(raw, key);
    if (after === undefined) {
      if (there !== undefined) this.operations.push({ op: 'remove', path: place });
    } else if (there === undefined) {
      if (before === undefined || !equalTyped(type, before, after)) {
        this.operations.push({ op: 'add', path: place, value: after });
      }
    } else if (before === undefined) {
      this.operations.push({ op: 'replace', path: place, value: after });
    } else {
      this.#value(type, there, before, after, place);
    }
  }

  /** A value that is there on both sides and in the raw object. */
  #value(
    type: TypeSchema,
    raw: JsonValue,
    before: JsonValue,
    after: JsonValue,
    path: string,
  ): void {
    if (before === after) return;
    if (isJsonObject(raw) && isJsonObject(before) && isJsonObject(after)) {
      if (type.kind === 'struct') {
        this.struct(type.struct, raw, before, after, path);
        return;
      }
      if (type.kind === 'map') {
        this.#map(type.elem, raw, before, after, path);
        return;
      }
    }
    if (type.kind === 'list' && Array.isArray(raw)) {
      if (Array.isArray(before) && Array.isArray(after) && before.length === raw.length) {
        this.#list(type, raw, before, after, path);
        return;
      }
    }
    if (!equalTyped(type, before, after)) {
      this.operations.push({ op: 'replace', path, value: after });
    }
  }

  #map(
    elem: TypeSchema,
    raw: JsonObject,
    before: JsonObject,
    after: JsonObject,
    path: string,
  ): void {
    for (const key of Object.keys(before)) {
      if (!Object.hasOwn(after, key)) this.#member(elem, raw, key, before[key], undefined, path);
    }
    for (const key of Object.keys(after)) {
      const [old, now] = [ownMember(before, key), ownMember(after, key)];
      if (old !== now) this.#member(elem, raw, key, old, now, path);
    }
  }

  #list(
    type: ListSchema,
    raw: readonly JsonValue[],
    before: readonly JsonValue[],
    after: readonly JsonValue[],
    path: string,
  ): void {
    if (before.length > 0 && onlyGrowsInFront(type, before, after)) {
      this.#grownList(type, raw, before, after, path);
      return;
    }
    const { from, stays } = matchLists(type, before, after);
    const element = (index: number): JsonValue => {
      const old = from[index] as number;
      const now = after[index] as JsonValue;
      return old === -1 ? now : graft(type.elem, raw[old], before[old], now);
    };
    const kept = new Set(from.filter((_, index) => stays[index] === true));
    const steps = before.length + after.length - 2 * kept.size;
    const structs = type.elem.kind === 'struct';
    if (kept.size === 0 || (!structs && steps > after.length)) {
      if (before.length === 0 && after.length === 0) return;
      this.operations.push({ op: 'replace', path, value: after.map((_, index) => element(index)) });
      return;
    }
    // From the end, so that the places still to come do not shift; then from the front, each into a place
    // in front of which everything stands already.
    for (let old = before.length - 1; old >= 0; old--) {
      if (!kept.has(old)) this.operations.push({ op: 'remove', path: `${path}/${old}` });
    }
    for (const index of after.keys()) {
      if (stays[index] === true) continue;
      this.operations.push({ op: 'add', path: `${path}/${index}`, value: element(index) });
    }
    for (const [index, now] of after.entries()) {
      if (stays[index] !== true) continue;
      const old = from[index] as number;
      const [source, was] = [raw[old] as JsonValue, before[old] as JsonValue];
      this.#value(type.elem, source, was, now, `${path}/${index}`);
    }
  }

  /** A list whose old elements follow the new ones. */
  #grownList(
    type: ListSchema,
    raw: readonly JsonValue[],
    before: readonly JsonValue[],
    after: readonly JsonValue[],
    path: string,
  ): void {
    const added = after.length - before.length;
    for (let index = 0; index < added; index++) {
      const value = after[index] as JsonValue;
      this.operations.push({ op: 'add', path: `${path}/${index}`, value });
    }
    for (let old = 0; old < before.length; old++) {
      const [was, now] = [before[old] as JsonValue, after[added + old] as JsonValue];
      if (was === now) continue;
      this.#value(type.elem, raw[old] as JsonValue, was, now, `${path}/${added + old}`);
    }
  }

  /** Go reads `Image` for `image`; where the raw object does so, a change settles on the proper name. */
  #respell(
    field: FieldSchema,
    raw: JsonObject,
    others: readonly string[],
    before: JsonValue | undefined,
    after: JsonValue | undefined,
    path: string,
  ): void {
    if (meansTheSame(field, before, after)) return;
    const { jsonName, type } = field;
    for (const key of others) {
      this.operations.push({ op: 'remove', path: `${path}/${escapeSegment(key)}` });
    }
    const proper = ownMember(raw, jsonName);
    const place = `${path}/${jsonName}`;
    if (after === undefined) {
      if (proper !== undefined) this.operations.push({ op: 'remove', path: place });
      return;
    }
    const [other, ...more] = others;
    const alone = proper === undefined && more.length === 0 && other !== undefined;
    const value = alone ? graft(type, raw[other], before, after) : after;
    this.operations.push({ op: proper === undefined ? 'add' : 'replace', path: place, value });
  }

  #openMembers(
    schema: StructSchema,
    raw: JsonObject,
    base: JsonObject,
    result: JsonObject,
    path: string,
  ): void {
    const keys = new Set([...Object.keys(base), ...Object.keys(result)]);
    for (const key of keys) {
      if (schema.byName.has(key)) continue;
      const [before, after] = [ownMember(base, key), ownMember(result, key)];
      if (before !== after) this.#member({ kind: 'raw' }, raw, key, before, after, path);
    }
  }
}

/** The fields that are not the very same, in the schema's order. */
function changedFields(schema: StructSchema, base: JsonObject, result: JsonObject): FieldSchema[] {
  const changed: FieldSchema[] = [];
  let common = 0;
  for (const key in result) {
    const before = base[key];
    if (before !== undefined) common++;
    if (before === result[key]) continue;
    const field = schema.byName.get(key);
    if (field !== undefined) changed.push(field);
  }
  if (common < memberCount(base)) {
    for (const key in base) {
      const field = Object.hasOwn(result, key) ? undefined : schema.byName.get(key);
      if (field !== undefined) changed.push(field);
    }
  }
  return changed.length < 2 ? changed : schema.fields.filter((field) => changed.includes(field));
}

function memberCount(object: JsonObject): number {
  let count = 0;
  for (const _ in object) count++;
  return count;
}

/** Whether a member is written the same; one that is missing only if it is always written. */
function meansTheSame(
  { type, pointer, required }: FieldSchema,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): boolean {
  const there = before !== undefined && after !== undefined;
  return (there || (required && !pointer)) && equalTyped(type, before, after);
}

/** Names of annotations and labels, most of which have a slash, are the same for many pods. */
const segments = new RecentValues((key) => key.replaceAll('~', '~0').replaceAll('/', '~1'), {
  most: 512,
  longestText: 128,
});

/** A key as a segment of a JSON pointer (RFC 6901). */
function escapeSegment(key: string): string {
  return key.includes('/') || key.includes('~') ? segments.get(key) : key;
}

/** Members of a raw object that Go reads although they are not spelled as the schema does, by field. */
function otherSpellings(
  schema: StructSchema,
  raw: JsonObject,
): ReadonlyMap<string, string[]> | undefined {
  const plan = planOf(schema);
  let found: Map<string, string[]> | undefined;
  let before: FieldPlan | undefined;
  for (const key in raw) {
    const field = plan.field(key, before);
    if (field !== undefined) {
      before = field;
      continue;
    }
    const name = schema.byFoldedName.get(key.toLowerCase())?.jsonName;
    if (name === undefined) continue;
    found ??= new Map();
    const known = found.get(name);
    if (known === undefined) found.set(name, [key]);
    else known.push(key);
  }
  return found;
}
