import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import type { StructSchema } from '../schema/types.ts';
import { compareBytes } from './json-string.ts';

/**
 * Spells member names as the schema does: Go's decoder takes `Image` for `image`. Where several
 * spellings of one name are there, Go decodes them one after the other into the same field, so objects
 * add up and anything else is overwritten. `sorted`: in the order of their bytes.
 */
export function unfoldNames(schema: StructSchema, value: JsonObject, sorted: boolean): JsonObject {
  const out: JsonObject = {};
  const keys = Object.keys(value);
  for (const key of sorted ? keys.sort(compareBytes) : keys) {
    const member = value[key] ?? null;
    const field = schema.byName.get(key) ?? schema.byFoldedName.get(key.toLowerCase());
    if (field === undefined) continue;
    const name = field.jsonName;
    const earlier = Object.hasOwn(out, name) ? out[name] : undefined;
    out[name] = earlier === undefined ? member : addUp(earlier, member);
  }
  return out;
}

function addUp(earlier: JsonValue, later: JsonValue): JsonValue {
  if (later === null) return earlier;
  if (!isJsonObject(earlier) || !isJsonObject(later)) return later;
  const members = new Map(Object.entries(earlier));
  for (const [key, member] of Object.entries(later)) {
    const known = members.get(key);
    members.set(key, known === undefined ? member : addUp(known, member));
  }
  return Object.fromEntries(members);
}
