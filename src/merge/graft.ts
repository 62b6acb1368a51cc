import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import type { ListSchema, StructSchema, TypeSchema } from '../schema/types.ts';
import { setMember } from './json-kind.ts';
import { matchLists } from './match-lists.ts';

/**
 * Makes in `raw` the change that leads from `base` to `result`: what comes out has `result` as its normal
 * form and keeps the members of `raw` that the schema does not know. Gives `raw` itself when nothing
 * changed.
 *
 * @param raw a value as it came in
 * @param base its normal form
 * @param result another value in normal form
 */
export function graft(
  type: TypeSchema,
  raw: JsonValue | undefined,
  base: JsonValue | undefined,
  result: JsonValue,
): JsonValue {
  if (base === result && raw !== undefined) return raw;
  switch (type.kind) {
    case 'struct':
      if (!isJsonObject(raw) || !isJsonObject(base) || !isJsonObject(result)) return result;
      return graftStruct(type.struct, raw, base, result);
    case 'list':
      if (!Array.isArray(raw) || !Array.isArray(base) || !Array.isArray(result)) return result;
      return raw.length === base.length ? graftList(type, raw, base, result) : result;
    default:
      return result;
  }
}

function graftStruct(
  schema: StructSchema,
  raw: JsonObject,
  base: JsonObject,
  result: JsonObject,
): JsonObject {
  const out = { ...raw };
  for (const { jsonName, type } of schema.fields) {
    const [before, after] = [base[jsonName], result[jsonName]];
    if (before === after) continue;
    for (const key of Object.keys(out)) {
      if (key !== jsonName && key.toLowerCase() === jsonName.toLowerCase()) delete out[key];
    }
    if (after === undefined) delete out[jsonName];
    else out[jsonName] = graft(type, raw[jsonName], before, after);
  }
  if (schema.open === true) {
    for (const [key, member] of Object.entries(result)) setMember(out, key, member);
  }
  return out;
}

function graftList(
  type: ListSchema,
  raw: readonly JsonValue[],
  base: readonly JsonValue[],
  result: readonly JsonValue[],
): JsonValue[] {
  const { from } = matchLists(type, base, result);
  return result.map((element, index) => {
    const old = from[index] as number;
    return old === -1 ? element : graft(type.elem, raw[old], base[old], element);
  });
}
