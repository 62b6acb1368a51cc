import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import type { FieldSchema, ListSchema, StructSchema, TypeSchema } from '../schema/types.ts';
import { goTypeName } from '../schema/types.ts';
import { decodeScalar, type ScalarType, zeroElement } from './decode-scalar.ts';
import { DecodeError } from './errors.ts';
import { jsonKind, setMember } from './json-kind.ts';
import { goFieldPath, jsonPath, type PathStep } from './json-path.ts';
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
  const decoder = new Decoder(options.coerceScalars === true, false);
  return decoder.struct(schema, value, undefined, undefined, 0);
}

/**
 * As {@link decode}, for the outcome of a merge: what it shares with `normal`, which is in normal form, is
 * not looked at again, and parts that come out as they were are those of `normal`.
 */
export function decodeMerged(
  schema: StructSchema,
  merged: JsonObject,
  normal: JsonObject,
): JsonObject {
  return new Decoder(false, true).struct(schema, merged, normal, undefined, 0);
}

/** From this length on, elements that are known to be normal are looked up in a set. */
const longList = 16;

class Decoder {
  readonly #coerce: boolean;
  readonly #sorted: boolean;
  /** The way to the value at hand; entries past the current depth are stale. */
  readonly #steps: PathStep[] = [];

  /** `sorted`: the value comes from a Go map, which is written with its keys in order. */
  constructor(coerce: boolean, sorted: boolean) {
    this.#coerce = coerce;
    this.#sorted = sorted;
  }

  /** `depth` is the number of steps that lead to the value, `owner` the struct around it. */
  struct(
    schema: StructSchema,
    value: JsonValue,
    normal: JsonValue | undefined,
    owner: StructSchema | undefined,
    depth: number,
  ): JsonObject {
    if (!isJsonObject(value)) return this.#mismatch(value, schema.goName, owner, depth);
    if (value === normal) return value;
    const known = isJsonObject(normal) ? normal : undefined;
    let out: JsonObject | undefined;
    for (const key in value) {
      const member = value[key] as JsonValue;
      const field = schema.byName.get(key);
      let decoded: JsonValue | undefined;
      if (field !== undefined) {
        this.#steps[depth] = field;
        decoded =
          known !== undefined && member === known[key]
            ? member
            : this.#field(field, member, known?.[key], schema, depth + 1);
      } else if (schema.byFoldedName.has(key.toLowerCase())) {
        return this.struct(schema, unfoldNames(schema, value, this.#sorted), normal, owner, depth);
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
    return known === undefined ? (out ?? value) : settled(out ?? value, known);
  }

  /** `undefined` for a value that the normal form leaves out. */
  #field(
    { type, pointer, required }: FieldSchema,
    value: JsonValue,
    normal: JsonValue | undefined,
    owner: StructSchema,
    depth: number,
  ): JsonValue | undefined {
    if (value === null) return undefined;
    const kept = pointer || required;
    switch (type.kind) {
      case 'struct':
        return this.struct(type.struct, value, normal, owner, depth);
      case 'list': {
        const list = this.#list(type, value, normal, owner, depth);
        return list.length === 0 && !kept ? undefined : list;
      }
      case 'map': {
        const map = this.#map(type, value, normal, owner, depth);
        return isEmpty(map) && !kept ? undefined : map;
      }
      default: {
        const scalar = this.#scalar(type, value, owner, depth);
        const zero = scalar === '' || scalar === 0 || scalar === false;
        return zero && !kept ? undefined : scalar;
      }
    }
  }

  /** A list element or map value, which null leaves at the zero value of its type. */
  #element(
    type: TypeSchema,
    value: JsonValue,
    normal: JsonValue | undefined,
    owner: StructSchema,
    depth: number,
  ): JsonValue {
    if (value === null) return zeroElement(type);
    switch (type.kind) {
      case 'struct':
        return this.struct(type.struct, value, normal, owner, depth);
      case 'list':
        return this.#list(type, value, normal, owner, depth);
      case 'map':
        return this.#map(type, value, normal, owner, depth);
      default:
        return this.#scalar(type, value, owner, depth) ?? zeroElement(type);
    }
  }

  #list(
    type: ListSchema,
    value: JsonValue,
    normal: JsonValue | undefined,
    owner: StructSchema,
    depth: number,
  ): JsonValue[] {
    if (!Array.isArray(value)) return this.#mismatch(value, goTypeName(type), owner, depth);
    if (value === normal) return value;
    const known = Array.isArray(normal) ? normal : undefined;
    const isNormal = known === undefined ? undefined : membership(known);
    let out: JsonValue[] | undefined;
    for (let index = 0; index < value.length; index++) {
      const element = value[index] as JsonValue;
      if (isNormal?.(element) === true) {
        out?.push(element);
        continue;
      }
      this.#steps[depth] = index;
      const decoded = this.#element(type.elem, element, known?.[index], owner, depth + 1);
      if (out === undefined && decoded !== element) out = value.slice(0, index);
      out?.push(decoded);
    }
    return known === undefined ? (out ?? value) : settledList(out ?? value, known);
  }

  #map(
    type: TypeSchema & { kind: 'map' },
    value: JsonValue,
    normal: JsonValue | undefined,
    owner: StructSchema,
    depth: number,
  ): JsonObject {
    if (!isJsonObject(value)) return this.#mismatch(value, goTypeName(type), owner, depth);
    if (value === normal) return value;
    let out: JsonObject | undefined;
    for (const key in value) {
      const element = value[key] as JsonValue;
      this.#steps[depth] = key;
      const decoded = this.#element(type.elem, element, undefined, owner, depth + 1);
      if (out === undefined && decoded !== element) out = membersBefore(value, key);
      if (out !== undefined) setMember(out, key, decoded);
    }
    return isJsonObject(normal) ? settled(out ?? value, normal) : (out ?? value);
  }

  /** `undefined` for a time that is zero: Go leaves it out, or writes it as null. */
  #scalar(
    type: ScalarType,
    value: Exclude<JsonValue, null>,
    owner: StructSchema,
    depth: number,
  ): JsonValue | undefined {
    if (typeof value === 'string' && type.kind === 'string') return value;
    const result = decodeScalar(type, value, this.#coerce);
    if (result.ok) return result.value;
    if ('message' in result) {
      throw new DecodeError(result.message, jsonPath(this.#steps.slice(0, depth)));
    }
    return this.#mismatch(value, result.expected, owner, depth);
  }

  #mismatch(
    value: JsonValue,
    expected: string,
    owner: StructSchema | undefined,
    depth: number,
  ): never {
    const steps = this.#steps.slice(0, depth);
    let what: string = jsonKind(value);
    // Go tells the number only when a number was wanted.
    if (typeof value === 'number' && /^int\d+$/.test(expected)) what = `number ${value}`;
    const target =
      owner === undefined
        ? 'Go value'
        : `Go struct field ${owner.goName.slice(owner.goName.indexOf('.') + 1)}.${goFieldPath(steps)}`;
    throw new DecodeError(
      `json: cannot unmarshal ${what} into ${target} of type ${expected}`,
      jsonPath(steps),
    );
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

function membership(list: readonly JsonValue[]): (element: JsonValue) => boolean {
  if (list.length < longList) return (element) => list.includes(element);
  const set = new Set(list);
  return (element) => set.has(element);
}

function isEmpty(map: JsonObject): boolean {
  for (const _ in map) return false;
  return true;
}

/** The object that was there before when the new one holds nothing else. */
function settled(value: JsonObject, normal: JsonObject): JsonObject {
  for (const key in value) {
    if (!Object.hasOwn(normal, key) || value[key] !== normal[key]) return value;
  }
  return Object.keys(value).length === Object.keys(normal).length ? normal : value;
}

function settledList(value: JsonValue[], normal: JsonValue[]): JsonValue[] {
  const same =
    value.length === normal.length && value.every((element, index) => element === normal[index]);
  return same ? normal : value;
}
