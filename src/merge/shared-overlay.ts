import type { JsonObject, JsonValue } from '../json.ts';
import type { StructSchema } from '../schema/types.ts';

/** An overlay whose parts are known from one merge to the next, so that not everything is done again. */
export abstract class SharedOverlay {
  abstract readonly value: JsonValue;
  /** What merging it into an empty object gives, in normal form; for whoever merges to keep. */
  abstract alone: JsonObject | undefined;

  /** `cleanOverlay` of one of the overlay's values. */
  abstract clean(value: JsonValue): JsonValue | undefined;

  /** True for an object of the overlay's own, cleaned or not. */
  abstract holds(value: JsonValue): value is JsonObject;

  /** The normal form of one of the overlay's structs, if it is known. */
  abstract normalOf(value: JsonObject, schema: StructSchema): JsonObject | undefined;

  /** Keeps the normal form of one of the overlay's structs. */
  abstract keepNormal(value: JsonObject, schema: StructSchema, form: JsonObject): void;
}
