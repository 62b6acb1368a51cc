import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { setMember } from './json-kind.ts';

/** From this length on, elements are looked up in a set. */
const longList = 16;

/**
 * The value with those parts of `known` that are in the same place and equal to its own; `known` itself when
 * nothing differs. Elements of `known`'s lists that have moved stay as they are.
 */
export function settle(value: JsonObject, known: JsonObject): JsonObject {
  if (value === known) return known;
  let out = value;
  let same = true;
  for (const key in value) {
    const member = value[key] as JsonValue;
    const old = Object.hasOwn(known, key) ? known[key] : undefined;
    const settled = settleValue(member, old);
    if (settled !== old) same = false;
    if (settled === member) continue;
    if (out === value) out = { ...value };
    setMember(out, key, settled);
  }
  return same && Object.keys(value).length === Object.keys(known).length ? known : out;
}

function settleValue(value: JsonValue, known: JsonValue | undefined): JsonValue {
  if (value === known) return value;
  if (Array.isArray(value)) return Array.isArray(known) ? settleList(value, known) : value;
  return isJsonObject(value) && isJsonObject(known) ? settle(value, known) : value;
}

function settleList(value: JsonValue[], known: JsonValue[]): JsonValue[] {
  const isKnown = membership(known);
  const list = value.map((element, index) =>
    isKnown(element) ? element : settleValue(element, known[index]),
  );
  const same = list.length === known.length && list.every((element, at) => element === known[at]);
  return same ? known : list;
}

function membership(list: readonly JsonValue[]): (element: JsonValue) => boolean {
  if (list.length < longList) return (element) => list.includes(element);
  const set = new Set(list);
  return (element) => set.has(element);
}
