import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import type { StructSchema } from '../schema/types.ts';
import { cleanOverlay } from './clean-overlay.ts';
import { SharedOverlay } from './shared-overlay.ts';

/**
 * An overlay that is going to be merged into many objects: what does not depend on the other side is worked
 * out once. Its objects are frozen, since they end up in all of the outcomes.
 */
export class PreparedOverlay extends SharedOverlay {
  override readonly value: JsonValue;
  override alone: JsonObject | undefined;
  readonly #cleaned = new Map<JsonValue, JsonValue | undefined>();
  readonly #normal = new Map<JsonObject, { schema: StructSchema; form: JsonObject }>();
  /** Everything that lives as long as the overlay. */
  readonly #parts = new Set<object>();

  constructor(value: JsonValue) {
    super();
    this.value = value;
    this.#own(value);
  }

  override clean(value: JsonValue): JsonValue | undefined {
    if (typeof value !== 'object') return value;
    if (this.#cleaned.has(value)) return this.#cleaned.get(value);
    const cleaned = cleanOverlay(value);
    if (cleaned !== undefined) this.#own(cleaned);
    this.#cleaned.set(value, cleaned);
    return cleaned;
  }

  /** True for an object or list of the overlay's own, cleaned or not. */
  owns(value: JsonValue): boolean {
    return typeof value === 'object' && value !== null && this.#parts.has(value);
  }

  override holds(value: JsonValue): value is JsonObject {
    return isJsonObject(value) && this.#parts.has(value);
  }

  override normalOf(value: JsonObject, schema: StructSchema): JsonObject | undefined {
    const known = this.#normal.get(value);
    return known?.schema === schema ? known.form : undefined;
  }

  override keepNormal(value: JsonObject, schema: StructSchema, form: JsonObject): void {
    this.#normal.set(value, { schema, form });
  }

  #own(value: JsonValue): void {
    if (typeof value !== 'object' || value === null || this.#parts.has(value)) return;
    this.#parts.add(value);
    // Not lists: V8 goes through frozen ones by slow ways, some ten times as long.
    if (!Array.isArray(value)) Object.freeze(value);
    for (const member of Object.values(value)) this.#own(member);
  }
}
