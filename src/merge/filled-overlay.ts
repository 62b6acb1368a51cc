import type { JsonValue } from '../json.ts';
import type { StructSchema } from '../schema/types.ts';
import type { OverlayEffect } from './overlay-effect.ts';
import { SharedOverlay } from './shared-overlay.ts';

/** An overlay for one object whose effect was made of another one's, with other strings in some places. */
export class FilledOverlay extends SharedOverlay {
  readonly #schema: StructSchema;
  readonly #effect: OverlayEffect;
  readonly #makeValue: () => JsonValue;
  #value: JsonValue | undefined;

  /** @param makeValue gives the overlay itself, which most merges do without */
  constructor(schema: StructSchema, effect: OverlayEffect, makeValue: () => JsonValue) {
    super();
    this.#schema = schema;
    this.#effect = effect;
    this.#makeValue = makeValue;
  }

  override get value(): JsonValue {
    this.#value ??= this.#makeValue();
    return this.#value;
  }

  override effectOn(schema: StructSchema): OverlayEffect | undefined {
    return schema === this.#schema ? this.#effect : undefined;
  }
}
