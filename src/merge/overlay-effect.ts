import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import type { FieldSchema, ListSchema, StructSchema, TypeSchema } from '../schema/types.ts';
import { MergeError } from './errors.ts';
import { generalMerge } from './general-merge.ts';
import { ownMember } from './json-kind.ts';

/**
 * What an overlay does to whatever it is merged into, in terms of normal forms: nothing of the outcome has to
 * be read into the type any more.
 */
export interface OverlayEffect {
  /** What the overlay comes to by itself, in normal form. */
  readonly form: JsonObject;
  readonly erasure: Erasure | undefined;
}

/** What an overlay says and its normal form does not: members that go when they are merged into a value. */
export interface Erasure {
  /** Members of a struct that are set to null or to a zero value. */
  readonly members: readonly string[];
  /** By member or place in a list. */
  readonly within: ReadonlyMap<string | number, Erasure>;
  /** A required struct of nothing but nulls, which is not set where it is absent. */
  readonly hollow: boolean;
}

/**
 * The effect of an overlay; undefined when it goes beyond what an effect can tell: with directives, members
 * that the schema does not know or spells in another way, lists of the same key twice, and mistakes.
 */
export function overlayEffect(
  schema: StructSchema,
  overlay: JsonObject,
): OverlayEffect | undefined {
  try {
    const form = generalMerge(schema, {}, overlay);
    return { form, erasure: ofStruct(schema, overlay, form, false) };
  } catch (error) {
    if (error instanceof MergeError || error === beyond) return undefined;
    throw error;
  }
}

/** Thrown for what an effect cannot tell. */
const beyond = new Error('a general merge is needed');

function ofStruct(
  schema: StructSchema,
  overlay: JsonObject,
  form: JsonObject,
  required: boolean,
): Erasure | undefined {
  const members: string[] = [];
  const within = new Map<string | number, Erasure>();
  for (const [key, value] of Object.entries(overlay)) {
    const field = schema.byName.get(key);
    if (field === undefined) throw beyond;
    const kept = ownMember(form, key);
    if (value !== null && kept !== undefined) note(within, key, ofMember(field, value, kept));
    else if (value === null || typeof value !== 'object') members.push(key);
    else if (erasesAll(field, value)) members.push(key);
  }
  const hollow =
    required &&
    Object.entries(overlay).every(([key, value]) => value === null || within.get(key)?.hollow);
  return erasure(members, within, hollow);
}

/** Whether something empty that the form leaves out takes away what is there; maps and structs do not. */
function erasesAll({ type }: FieldSchema, value: JsonObject | readonly JsonValue[]): boolean {
  if (type.kind === 'list' && type.mergeKey === undefined && type.set !== true) return true;
  // Merging with an empty list puts elements of one key next to each other.
  if (Array.isArray(value) || Object.keys(value).length > 0) throw beyond;
  return false;
}

function ofMember(
  { type, pointer, required }: FieldSchema,
  value: JsonValue,
  form: JsonValue,
): Erasure | undefined {
  return type.kind === 'struct' && isJsonObject(value) && isJsonObject(form)
    ? ofStruct(type.struct, value, form, required && !pointer)
    : ofValue(type, value, form);
}

function ofValue(type: TypeSchema, value: JsonValue, form: JsonValue): Erasure | undefined {
  switch (type.kind) {
    case 'struct':
    case 'raw':
      throw beyond;
    case 'list':
      if (!Array.isArray(value) || !Array.isArray(form)) throw beyond;
      return ofList(type, value, form);
    case 'map':
      if (!holdsScalars(type.elem) || !isJsonObject(value)) throw beyond;
      if (Object.entries(value).some(isDirectiveOrNull)) throw beyond;
      return undefined;
    default:
      return undefined;
  }
}

function ofList(
  { elem, mergeKey }: ListSchema,
  list: readonly JsonValue[],
  form: readonly JsonValue[],
): Erasure | undefined {
  if (list.length !== form.length) throw beyond;
  if (mergeKey === undefined) {
    if (list.some(holdsDirective)) throw beyond;
    return undefined;
  }
  const within = new Map<string | number, Erasure>();
  const keys = new Set<JsonValue>();
  for (const [index, element] of list.entries()) {
    const normal = form[index];
    if (elem.kind !== 'struct' || !isJsonObject(element) || !isJsonObject(normal)) throw beyond;
    const key = ownMember(element, mergeKey);
    if (key === undefined || typeof key === 'object' || key !== ownMember(normal, mergeKey)) {
      throw beyond;
    }
    if (keys.has(key)) throw beyond;
    keys.add(key);
    note(within, index, ofStruct(elem.struct, element, normal, false));
  }
  return erasure([], within, false);
}

function holdsScalars({ kind }: TypeSchema): boolean {
  return kind !== 'struct' && kind !== 'list' && kind !== 'map' && kind !== 'raw';
}

function isDirectiveOrNull([key, value]: [string, JsonValue]): boolean {
  return key.startsWith('$') || value === null;
}

function holdsDirective(value: JsonValue): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(holdsDirective);
  return Object.entries(value).some(
    ([key, member]) => key.startsWith('$') || holdsDirective(member),
  );
}

function note(
  within: Map<string | number, Erasure>,
  key: string | number,
  inner: Erasure | undefined,
): void {
  if (inner !== undefined) within.set(key, inner);
}

function erasure(
  members: readonly string[],
  within: ReadonlyMap<string | number, Erasure>,
  hollow: boolean,
): Erasure | undefined {
  return members.length > 0 || within.size > 0 || hollow ? { members, within, hollow } : undefined;
}
