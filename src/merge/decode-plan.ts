import type { FieldSchema, StructSchema, TypeSchema } from '../schema/types.ts';

/**
 * What decoding goes by: the type table once more, in objects of one shape each. The table's own are of many, and
 * V8 reads members of such by a search.
 */
export class TypePlan {
  readonly kind: TypeSchema['kind'];
  readonly type: TypeSchema;
  /** Of a struct. */
  readonly struct: StructPlan | undefined;
  /** Of a list or map. */
  readonly elem: TypePlan | undefined;

  constructor(type: TypeSchema) {
    this.kind = type.kind;
    this.type = type;
    this.struct = type.kind === 'struct' ? planOf(type.struct) : undefined;
    this.elem = type.kind === 'list' || type.kind === 'map' ? new TypePlan(type.elem) : undefined;
  }
}

/** A member of a struct. */
export class FieldPlan {
  readonly name: string;
  readonly field: FieldSchema;
  readonly type: TypePlan;
  /** Zero values stay. */
  readonly keepsZero: boolean;
  /** The member that came next the last time. */
  after: FieldPlan | undefined;

  constructor(field: FieldSchema) {
    this.name = field.jsonName;
    this.field = field;
    this.type = new TypePlan(field.type);
    this.keepsZero = field.pointer || field.required;
    this.after = undefined;
  }
}

/** A struct; its fields are planned when it is first met. */
export class StructPlan {
  readonly schema: StructSchema;
  #fields: ReadonlyMap<string, FieldPlan> | undefined;
  /** The member that came first the last time. */
  #first: FieldPlan | undefined;

  constructor(schema: StructSchema) {
    this.schema = schema;
    this.#fields = undefined;
    this.#first = undefined;
  }

  /**
   * The field of that name. Objects of one type mostly have the same members in the same order, so the one that
   * came next the last time is tried before looking the name up.
   *
   * @param before the field of the member before
   */
  field(name: string, before: FieldPlan | undefined): FieldPlan | undefined {
    const guess = before === undefined ? this.#first : before.after;
    return guess?.name === name ? guess : this.#find(name, before);
  }

  #find(name: string, before: FieldPlan | undefined): FieldPlan | undefined {
    this.#fields ??= new Map(
      this.schema.fields.map((field) => [field.jsonName, new FieldPlan(field)]),
    );
    const found = this.#fields.get(name);
    if (found === undefined) return undefined;
    if (before === undefined) this.#first = found;
    else before.after = found;
    return found;
  }
}

const plans = new Map<StructSchema, StructPlan>();

/** The plan for a struct, the same every time. */
export function planOf(schema: StructSchema): StructPlan {
  let plan = plans.get(schema);
  if (plan === undefined) {
    plan = new StructPlan(schema);
    plans.set(schema, plan);
  }
  return plan;
}
