import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import type { StructSchema } from '../schema/types.ts';
import { goTypeName } from '../schema/types.ts';
import { type FieldPlan, planOf, type StructPlan, type TypePlan } from './decode-plan.ts';
import { decodeScalar, type ScalarType, zeroElement } from './decode-scalar.ts';
import { setMember } from './json-kind.ts';
import { Misfit } from './misfit.ts';
import { settle } from './settle.ts';
import { unfoldNames } from './unfold-names.ts';

/** How {@link decode} reads. */
export interface DecodeOptions {
  /** Numbers and booleans aimed at string fields become strings (YAML read into a typed target). */
  readonly coerceScalars?: boolean;
}

/**
 * Reads a JSON value into a struct and gives its Go normal form: no unknown members, nulls or zero
 * values, canonical quantities and times. Parts that are normal already are returned as they are
 * (the same reference when nothing changed); the input is never changed. A required member (`resources`,
 * `name`, …) at its zero value is kept when it was there and not added when it was not: both mean the same.
 *
 * Throws a {@link DecodeError} for a value of the wrong type.
 */
export function decode(
  schema: StructSchema,
  value: JsonValue,
  options: DecodeOptions = {},
): JsonObject {
  if (value === null) return {};
  return new Decoder(options.coerceScalars === true, false).decode(schema, value);
}

/**
 * As {@link decode}, for the outcome of a merge: parts that come out as they were are those of `normal`, the
 * normal form that was merged into.
 */
export function decodeMerged(
  schema: StructSchema,
  merged: JsonObject,
  normal: JsonObject,
): JsonObject {
  return settle(new Decoder(false, true).decode(schema, merged), normal);
}

class Decoder {
  readonly #coerce: boolean;
  readonly #sorted: boolean;

  /** `sorted`: the value comes from a Go map, which is written with its keys in order. */
  constructor(coerce: boolean, sorted: boolean) {
    this.#coerce = coerce;
    this.#sorted = sorted;
  }

  decode(schema: StructSchema, value: JsonValue): JsonObject {
    try {
      return this.#struct(planOf(schema), value);
    } catch (error) {
      throw error instanceof Misfit ? error.toError() : error;
    }
  }

  #struct(plan: StructPlan, value: JsonValue): JsonObject {
    const { schema } = plan;
    if (!isJsonObject(value)) throw new Misfit(value, schema.goName);
    let out: JsonObject | undefined;
    let field: FieldPlan | undefined;
    try {
      for (const key in value) {
        const member = value[key] as JsonValue;
        const known = plan.field(key, field);
        let decoded: JsonValue | undefined;
        if (known !== undefined) {
          field = known;
          decoded = this.#field(known, member);
        } else if (schema.byFoldedName.has(key.toLowerCase())) {
          field = undefined;
          return this.#struct(plan, unfoldNames(schema, value, this.#sorted));
        } else if (schema.open === true) {
          decoded = member;
        }
        if (out !== undefined) {
          if (decoded !== undefined) setMember(out, key, decoded);
        } else if (decoded !== member) {
          out = membersBefore(value, key);
          if (decoded !== undefined) out[key] = decoded;
        }
      }
    } catch (error) {
      throw error instanceof Misfit && field !== undefined
        ? error.under(field.field, schema)
        : error;
    }
    return out ?? value;
  }

  /** `undefined` for a value that the normal form leaves out. */
  #field({ type, keepsZero }: FieldPlan, value: JsonValue): JsonValue | undefined {
    if (value === null) return undefined;
    switch (type.kind) {
      case 'struct':
        return this.#struct(type.struct as StructPlan, value);
      case 'list': {
        const list = this.#list(type, value);
        return list.length === 0 && !keepsZero ? undefined : list;
      }
      case 'map': {
        const map = this.#map(type, value);
        return isEmpty(map) && !keepsZero ? undefined : map;
      }
      default: {
        const scalar = this.#scalar(type, value);
        const zero = scalar === '' || scalar === 0 || scalar === false;
        return zero && !keepsZero ? undefined : scalar;
      }
    }
  }

  /** A list element or map value, which null leaves at the zero value of its type. */
  #element(type: TypePlan, value: JsonValue): JsonValue {
    if (value === null) return zeroElement(type.type);
    switch (type.kind) {
      case 'struct':
        return this.#struct(type.struct as StructPlan, value);
      case 'list':
        return this.#list(type, value);
      case 'map':
        return this.#map(type, value);
      default:
        return this.#scalar(type, value) ?? zeroElement(type.type);
    }
  }

  #list({ type, elem }: TypePlan, value: JsonValue): JsonValue[] {
    if (!Array.isArray(value)) throw new Misfit(value, goTypeName(type));
    let out: JsonValue[] | undefined;
    let index = 0;
    try {
      for (; index < value.length; index++) {
        const element = value[index] as JsonValue;
        const decoded = this.#element(elem as TypePlan, element);
        if (out === undefined && decoded !== element) out = value.slice(0, index);
        out?.push(decoded);
      }
    } catch (error) {
      throw error instanceof Misfit ? error.under(index) : error;
    }
    return out ?? value;
  }

  #map({ type, elem }: TypePlan, value: JsonValue): JsonObject {
    if (!isJsonObject(value)) throw new Misfit(value, goTypeName(type));
    let out: JsonObject | undefined;
    let at = '';
    try {
      for (const key in value) {
        at = key;
        const element = value[key] as JsonValue;
        const decoded = this.#element(elem as TypePlan, element);
        if (out === undefined && decoded !== element) out = membersBefore(value, key);
        if (out !== undefined) setMember(out, key, decoded);
      }
    } catch (error) {
      throw error instanceof Misfit ? error.under(at) : error;
    }
    return out ?? value;
  }

  /** `undefined` for a time that is zero: Go leaves it out, or writes it as null. */
  #scalar({ kind, type }: TypePlan, value: Exclude<JsonValue, null>): JsonValue | undefined {
    if (fits(kind, value)) return value;
    const result = decodeScalar(type as ScalarType, value, this.#coerce);
    if (result.ok) return result.value;
    throw 'message' in result
      ? new Misfit(value, undefined, result.message)
      : new Misfit(value, result.expected);
  }
}

/** Whether a scalar is what its type holds, for those where that is quick to see. */
function fits(kind: TypePlan['kind'], value: JsonValue): boolean {
  switch (typeof value) {
    case 'string':
      return kind === 'string' || kind === 'intOrString';
    case 'number':
      return (kind === 'int' || kind === 'intOrString') && (value | 0) === value;
    default:
      return kind === 'bool' && typeof value === 'boolean';
  }
}

/** A copy of the members that come before `key`. */
function membersBefore(value: JsonObject, key: string): JsonObject {
  const out: JsonObject = {};
  for (const earlier in value) {
    if (earlier === key) break;
    setMember(out, earlier, value[earlier] as JsonValue);
  }
  return out;
}

function isEmpty(map: JsonObject): boolean {
  for (const _ in map) return false;
  return true;
}
