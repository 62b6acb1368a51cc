import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import type { FieldSchema, ListSchema, StructSchema } from '../schema/types.ts';
import { firstIndex, orderElements } from './element-order.ts';
import { setMember } from './json-kind.ts';
import type { Erasure, OverlayEffect } from './overlay-effect.ts';

/**
 * Merges an overlay's effect into a base in normal form: what a general merge gives, in normal form without
 * reading anything into the type. Undefined where that takes a general merge after all.
 */
export function mergeEffect(
  schema: StructSchema,
  base: JsonObject,
  { form, erasure }: OverlayEffect,
): JsonObject | undefined {
  const merged = mergeStruct(schema, base, form, erasure);
  // Nothing but the form: then it is the form, and all that is known of it holds.
  return merged !== base && isEmpty(base) ? form : merged;
}

function isEmpty(object: JsonObject): boolean {
  for (const _ in object) return false;
  return true;
}

function mergeStruct(
  schema: StructSchema,
  base: JsonObject,
  form: JsonObject,
  erasure: Erasure | undefined,
): JsonObject | undefined {
  let out = base;
  for (const key in form) {
    const value = form[key] as JsonValue;
    const current = base[key];
    if (current === value) continue;
    const within = erasure?.within.get(key);
    let next: JsonValue | undefined = value;
    if (current !== undefined) {
      next = mergeMember(schema.byName.get(key), current, value, within);
      if (next === undefined) return undefined;
      if (next === current) continue;
    } else if (within?.hollow === true) {
      continue;
    }
    if (out === base) out = { ...base };
    out[key] = next;
  }
  return erasure === undefined ? out : without(out, base, erasure.members);
}

/** The object without those members; a copy of `base` if it is that one. */
function without(object: JsonObject, base: JsonObject, members: readonly string[]): JsonObject {
  let out = object;
  for (const key of members) {
    if (!Object.hasOwn(out, key)) continue;
    if (out === base) out = { ...base };
    delete out[key];
  }
  return out;
}

function mergeMember(
  field: FieldSchema | undefined,
  current: JsonValue,
  value: JsonValue,
  erasure: Erasure | undefined,
): JsonValue | undefined {
  if (field === undefined) return undefined;
  const { type } = field;
  switch (type.kind) {
    case 'struct':
      if (!isJsonObject(current) || !isJsonObject(value)) return undefined;
      return mergeStruct(type.struct, current, value, erasure);
    case 'map':
      if (!isJsonObject(current) || !isJsonObject(value)) return undefined;
      return mergeMap(current, value);
    case 'list':
      if (!Array.isArray(current) || !Array.isArray(value) || type.set === true) return undefined;
      return type.mergeKey === undefined
        ? replaceList(current, value)
        : mergeKeyed(type, type.mergeKey, current, value, erasure);
    default:
      return value;
  }
}

function mergeMap(base: JsonObject, form: JsonObject): JsonObject {
  let out = base;
  for (const key in form) {
    const value = form[key] as JsonValue;
    if (Object.hasOwn(base, key) && base[key] === value) continue;
    if (out === base) out = { ...base };
    setMember(out, key, value);
  }
  return out;
}

function replaceList(base: JsonValue[], form: JsonValue[]): JsonValue[] {
  const list = form.map((element, index) => {
    const known = base[index];
    return known !== undefined && isDeepStrictEqual(known, element) ? known : element;
  });
  return settled(base, list);
}

function mergeKeyed(
  list: ListSchema,
  mergeKey: string,
  base: JsonValue[],
  form: JsonValue[],
  erasure: Erasure | undefined,
): JsonValue[] | undefined {
  const struct = list.elem.kind === 'struct' ? list.elem.struct : undefined;
  const baseKeys = struct && keysOf(base, struct.byName.get(mergeKey));
  const formKeys = struct && keysOf(form, struct.byName.get(mergeKey));
  if (struct === undefined || baseKeys === undefined || formKeys === undefined) return undefined;
  const place = firstIndex(baseKeys);
  const unlike = formKeys.every((key) => place(key) < 0);
  if (unlike && baseKeys.every((key, index) => place(key) === index)) {
    return form.length === 0 ? base : [...form, ...base];
  }
  const items = [...base];
  const keys = [...baseKeys];
  for (const [index, key] of formKeys.entries()) {
    const element = form[index] as JsonObject;
    const known = place(key);
    if (known < 0) {
      items.push(element);
      keys.push(key);
      continue;
    }
    const current = items[known] as JsonObject;
    const merged = mergeStruct(struct, current, element, erasure?.within.get(index));
    if (merged === undefined) return undefined;
    items[known] = merged;
  }
  return settled(base, orderElements(items, keys, formKeys, baseKeys));
}

/** The keys of a list's elements. Undefined when one of them has none, which is a mistake. */
function keysOf(
  elements: readonly JsonValue[],
  field: FieldSchema | undefined,
): JsonValue[] | undefined {
  if (field === undefined) return undefined;
  // A required key that was never set is there at its zero value, as Go would have written it.
  const implied = field.required ? (field.type.kind === 'string' ? '' : 0) : undefined;
  const keys: JsonValue[] = [];
  for (const element of elements) {
    const key = (element as JsonObject)[field.jsonName] ?? implied;
    if (key === undefined) return undefined;
    keys.push(key);
  }
  return keys;
}

/** The list that was there when nothing in it changed. */
function settled(base: JsonValue[], list: JsonValue[]): JsonValue[] {
  const same =
    list.length === base.length && list.every((element, index) => element === base[index]);
  return same ? base : list;
}
