import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import type { StructSchema } from '../schema/types.ts';
import { cleanOverlay } from './clean-overlay.ts';
import type { PreparedOverlay } from './prepared-overlay.ts';
import { SharedOverlay } from './shared-overlay.ts';

/** Works out the normal form of an object that was copied from `origin`; undefined when it cannot. */
export type Normalise = (origin: JsonObject, schema: StructSchema) => JsonObject | undefined;

/**
 * An overlay for one object, copied from a prepared one with other strings in some places. What was not
 * copied is the prepared overlay's own, and known there. The prepared one must not hold any directives.
 */
export class FilledOverlay extends SharedOverlay {
  override readonly value: JsonValue;
  override alone: JsonObject | undefined;
  readonly #base: PreparedOverlay;
  /** The copies of structs in lists, and what they were copied from. */
  readonly #origins: ReadonlyMap<JsonValue, JsonObject>;
  /** The copies that hold nulls. */
  readonly #unclean: ReadonlySet<JsonValue>;
  readonly #normalise: Normalise;
  #forms: Map<JsonValue, JsonObject> | undefined;

  constructor(
    value: JsonValue,
    base: PreparedOverlay,
    origins: ReadonlyMap<JsonValue, JsonObject>,
    unclean: ReadonlySet<JsonValue>,
    normalise: Normalise,
  ) {
    super();
    this.value = value;
    this.#base = base;
    this.#origins = origins;
    this.#unclean = unclean;
    this.#normalise = normalise;
  }

  override clean(value: JsonValue): JsonValue | undefined {
    if (this.#base.owns(value)) return this.#base.clean(value);
    return this.#unclean.has(value) ? cleanOverlay(value) : value;
  }

  override holds(value: JsonValue): value is JsonObject {
    return isJsonObject(value) && (this.#origins.has(value) || this.#base.holds(value));
  }

  override normalOf(value: JsonObject, schema: StructSchema): JsonObject | undefined {
    const origin = this.#origins.get(value);
    if (origin === undefined) return this.#base.normalOf(value, schema);
    const known = this.#forms?.get(value);
    if (known !== undefined) return known;
    const form = this.#normalise(origin, schema);
    if (form !== undefined) this.keepNormal(value, schema, form);
    return form;
  }

  override keepNormal(value: JsonObject, schema: StructSchema, form: JsonObject): void {
    if (!this.#origins.has(value)) {
      this.#base.keepNormal(value, schema, form);
      return;
    }
    this.#forms ??= new Map();
    this.#forms.set(value, form);
  }
}
