import { isJsonObject, type JsonValue } from '../json.ts';
import type { StructSchema } from '../schema/types.ts';
import { type OverlayEffect, overlayEffect } from './overlay-effect.ts';
import { SharedOverlay } from './shared-overlay.ts';

/**
 * An overlay that is going to be merged into many objects: its effect is worked out once. Its objects are
 * frozen, since they end up in all of the outcomes.
 */
export class PreparedOverlay extends SharedOverlay {
  override readonly value: JsonValue;
  #known: { readonly schema: StructSchema; readonly effect: OverlayEffect | undefined } | undefined;

  constructor(value: JsonValue) {
    super();
    this.value = value;
    freezeObjects(value);
  }

  override effectOn(schema: StructSchema): OverlayEffect | undefined {
    if (this.#known?.schema !== schema) {
      const effect = isJsonObject(this.value) ? overlayEffect(schema, this.value) : undefined;
      if (effect !== undefined) freezeObjects(effect.form);
      this.#known = { schema, effect };
    }
    return this.#known.effect;
  }
}

/** Freezes all objects in a value. Not lists: V8 goes through frozen ones by slow ways, some ten times as long. */
export function freezeObjects(value: JsonValue): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) {
    if (Object.isFrozen(value)) return;
    Object.freeze(value);
  }
  for (const member of Object.values(value)) freezeObjects(member);
}
