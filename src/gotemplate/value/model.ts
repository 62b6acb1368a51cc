/**
 * The values that a template works on, tagged with their Go types where JavaScript's own do not tell.
 *
 * | Go                                 | here                                                        |
 * | ---------------------------------- | ----------------------------------------------------------- |
 * | no value (reflect's zero Value)    | `undefined`                                                 |
 * | nil in an `interface{}`            | `null`                                                      |
 * | string, bool, float64              | `string`, `boolean`, `number`                               |
 * | every integer type                 | {@link GoInt}                                               |
 * | `map[string]any`, `[]any`          | plain object or `Map`, array                                |
 * | maps, slices of other types        | {@link GoMap}, {@link GoSlice} (holding raw elements)       |
 * | struct, pointer                    | {@link GoStruct}, {@link GoPointer}                         |
 * | named string/bool/float types      | {@link GoNamed}                                             |
 * | anything else (time, semver, func) | an instance of a class that implements {@link GoOpaque}     |
 *
 * A raw element is what JSON holds (`wrap` turns it into a value of its declared type, lazily, so a
 * pod of a thousand fields costs nothing until a template looks at one).
 *
 * Bytes that are not valid UTF-8 are held as the lone surrogate U+DC00 + byte.
 */

/** Go's `reflect.Kind`, as far as templates can meet it. */
export type GoKind =
  | 'bool'
  | 'int'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'float32'
  | 'float64'
  | 'complex128'
  | 'string'
  | 'slice'
  | 'map'
  | 'struct'
  | 'pointer'
  | 'interface'
  | 'func';

/** The integer kinds. */
export type GoIntKind = Extract<GoKind, `int${string}` | `uint${string}`>;

/** A method that a template can call by name. Arguments and result are template values. */
export interface GoMethod {
  readonly name: string;
  /** Parameter types, without the receiver. */
  readonly in: readonly GoType[];
  /** True when only a pointer (or an addressable value) has the method. */
  readonly pointerOnly: boolean;
  /** `receiver` is the {@link GoStruct}/{@link GoInt}/{@link GoNamed}, or null for a nil pointer. */
  call(receiver: unknown, args: readonly unknown[]): unknown;
}

/** A field of a struct type. */
export interface GoField {
  readonly goName: string;
  readonly type: GoType;
  /** Member of the raw source object that holds it; also its JSON name. Empty: not in JSON. */
  readonly jsonName: string;
  /** JSON encoding leaves the zero value out (Go's `omitempty`/`omitzero`). */
  readonly omitEmpty: boolean;
  /** An embedded struct: its fields are promoted. `inline`: its JSON members stand in the parent's. */
  readonly embedded: boolean;
  /** Reads the raw value out of the struct's source when it is not simply `source[jsonName]`. */
  readonly read?: (source: GoSource) => unknown;
}

/** What a struct is backed by: a JSON object, or any object that its fields' `read` understands. */
export type GoSource = { readonly [member: string]: unknown };

/** A Go type. Types are singletons: compare them by identity, or by name for slices and maps. */
export interface GoType {
  readonly kind: GoKind;
  /** As Go prints it in messages: `string`, `v1.Container`, `[]string`, `*int64`, `interface {}`. */
  readonly name: string;
  /** Element of a slice, value of a map, target of a pointer. */
  readonly elem?: GoType;
  /** Of a struct, in declaration order, keyed by Go name (embedded ones by their type's short name). */
  readonly fields?: ReadonlyMap<string, GoField>;
  readonly methods?: ReadonlyMap<string, GoMethod>;
  /** Names of an enum's numbers; such a value prints by name. */
  readonly enumNames?: ReadonlyMap<number, string>;
  /** True for a protobuf message (parameter type `protoreflect.ProtoMessage` accepts a pointer to it). */
  readonly protoMessage?: boolean;
  /** JSON text of a value of this type when Go has a custom encoder (Quantity, Time, protobuf, …). */
  readonly encodeJSON?: (source: unknown) => string;
  /** Text for `print`/`%v` when the type has a `String()` or `Error()` method that fmt would use. */
  readonly format?: (source: unknown) => string;
}

/** An integer. `value` is a number while it is safe, a bigint beyond 2^53. */
export class GoInt {
  readonly type: GoType;
  readonly value: number | bigint;
  constructor(type: GoType, value: number | bigint) {
    this.type = type;
    this.value = value;
  }
}

/** A string, bool or float of a named type, such as `v1.DNSPolicy`. */
export class GoNamed {
  readonly type: GoType;
  readonly value: string | boolean | number;
  constructor(type: GoType, value: string | boolean | number) {
    this.type = type;
    this.value = value;
  }
}

/** A slice of a concrete element type; `items` holds raw elements, null is Go's nil slice. */
export class GoSlice {
  readonly type: GoType;
  readonly items: readonly unknown[] | null;
  constructor(type: GoType, items: readonly unknown[] | null) {
    this.type = type;
    this.items = items;
  }
}

/** A map with string keys and a concrete value type; raw values, null is Go's nil map. */
export class GoMap {
  readonly type: GoType;
  readonly entries: GoSource | null;
  constructor(type: GoType, entries: GoSource | null) {
    this.type = type;
    this.entries = entries;
  }
}

/** A struct seen through its fields. `addressable`: its pointer methods can be called. */
export class GoStruct {
  readonly type: GoType;
  readonly source: GoSource;
  readonly addressable: boolean;
  constructor(type: GoType, source: GoSource, addressable: boolean) {
    this.type = type;
    this.source = source;
    this.addressable = addressable;
  }
}

/** A pointer; `target` is the value pointed to (already a template value), null for nil. */
export class GoPointer {
  readonly type: GoType;
  readonly target: unknown;
  constructor(type: GoType, target: unknown) {
    this.type = type;
    this.target = target;
  }
}

/** Values of types that live outside this table (time.Time, *semver.Version, functions). */
export abstract class GoOpaque {
  abstract readonly type: GoType;
}

/** Type singletons that everybody needs. */
export const anyType: GoType = { kind: 'interface', name: 'interface {}' };
export const stringType: GoType = { kind: 'string', name: 'string' };
export const boolType: GoType = { kind: 'bool', name: 'bool' };
export const float64Type: GoType = { kind: 'float64', name: 'float64' };
export const intType: GoType = { kind: 'int', name: 'int' };
export const int32Type: GoType = { kind: 'int32', name: 'int32' };
export const int64Type: GoType = { kind: 'int64', name: 'int64' };
export const uint8Type: GoType = { kind: 'uint8', name: 'uint8' };
export const uint32Type: GoType = { kind: 'uint32', name: 'uint32' };
export const anySliceType: GoType = { kind: 'slice', name: '[]interface {}', elem: anyType };
export const anyMapType: GoType = { kind: 'map', name: 'map[string]interface {}', elem: anyType };
export const stringSliceType: GoType = { kind: 'slice', name: '[]string', elem: stringType };
export const intSliceType: GoType = { kind: 'slice', name: '[]int', elem: intType };
export const stringMapType: GoType = { kind: 'map', name: 'map[string]string', elem: stringType };

const sliceTypes = new WeakMap<GoType, GoType>([
  [anyType, anySliceType],
  [stringType, stringSliceType],
  [intType, intSliceType],
]);
const mapTypes = new WeakMap<GoType, GoType>([
  [anyType, anyMapType],
  [stringType, stringMapType],
]);
const pointerTypes = new WeakMap<GoType, GoType>();

function derived(cache: WeakMap<GoType, GoType>, elem: GoType, make: () => GoType): GoType {
  let type = cache.get(elem);
  if (type === undefined) {
    type = make();
    cache.set(elem, type);
  }
  return type;
}

/** The type `[]elem`. */
export function sliceOf(elem: GoType): GoType {
  return derived(sliceTypes, elem, () => ({ kind: 'slice', name: `[]${elem.name}`, elem }));
}

/** The type `map[string]elem`. */
export function mapOf(elem: GoType): GoType {
  return derived(mapTypes, elem, () => ({ kind: 'map', name: `map[string]${elem.name}`, elem }));
}

/** The type `*elem`. */
export function pointerTo(elem: GoType): GoType {
  return derived(pointerTypes, elem, () => ({ kind: 'pointer', name: `*${elem.name}`, elem }));
}

const emptySource: GoSource = Object.freeze(Object.create(null));

/**
 * Turns a raw element into the template value of its declared type; `undefined` and `null` become the
 * type's zero value (`""`, 0, false, nil map/slice/pointer, empty struct), or null for `interface {}`.
 */
export function wrap(type: GoType, raw: unknown): unknown {
  switch (type.kind) {
    case 'interface':
      return raw === undefined ? null : raw;
    case 'string':
      return type === stringType ? (raw ?? '') : new GoNamed(type, (raw ?? '') as string);
    case 'bool':
      return type === boolType ? (raw ?? false) : new GoNamed(type, (raw ?? false) as boolean);
    case 'float32':
    case 'float64':
      return type === float64Type ? (raw ?? 0) : new GoNamed(type, (raw ?? 0) as number);
    case 'slice':
      if (type === anySliceType && Array.isArray(raw)) return raw;
      return new GoSlice(type, (raw ?? null) as readonly unknown[] | null);
    case 'map':
      if (type === anyMapType && raw !== undefined && raw !== null) return raw;
      return new GoMap(type, (raw ?? null) as GoSource | null);
    case 'struct':
      // Structs of primitive text (Quantity, Time) keep their raw text under `value`.
      if (raw === undefined || raw === null) return new GoStruct(type, emptySource, true);
      if (typeof raw !== 'object') return new GoStruct(type, { value: raw }, true);
      return new GoStruct(type, raw as GoSource, true);
    case 'pointer': {
      if (raw === undefined || raw === null) return new GoPointer(type, null);
      return new GoPointer(type, type.elem === undefined ? raw : wrap(type.elem, raw));
    }
    case 'func':
    case 'complex128':
      return raw;
    default:
      return new GoInt(type, (raw ?? 0) as number | bigint);
  }
}

/**
 * A function that templates can call. `in` are the parameter types as Go declares them: the engine checks
 * arguments against them and words the errors. With `variadic`, the last type repeats.
 */
export interface GoFunction {
  readonly in: readonly GoType[];
  readonly variadic?: boolean;
  /** Result type as declared; `interface {}` when left out. */
  readonly out?: GoType;
  /**
   * What keeps a call from being worked out ahead: the result `varies` with the clock or with chance, or the
   * call `changes` its arguments in place. Without it, equal arguments give equal results.
   */
  readonly effect?: 'varies' | 'changes';
  /** Whatever its only argument is, it gives one string in double quotes, or nothing (`quote`). */
  readonly quotes?: true;
  /**
   * Of its first argument it reads nothing but the entry that the second one names, in the map that these fields
   * lead to (`index`: none, the argument is the map).
   */
  readonly looksUp?: readonly string[];
  /** Makes a new `map[string]interface {}` of its arguments, which are keys and values in turn (`dict`). */
  readonly pairs?: true;
  /**
   * Gets template values that passed the check; returns one. To fail, throw a GoCallError.
   * `interface {}` parameters get any template value (null for nil).
   */
  readonly call: (...args: never[]) => unknown;
}

/** The failure of a function that a template called; the engine adds `error calling NAME: ` and the place. */
export class GoCallError extends Error {
  override readonly name = 'GoCallError';
}

/** Functions by name. */
export type FunctionMap = { readonly [name: string]: GoFunction };
