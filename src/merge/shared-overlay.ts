import type { JsonValue } from '../json.ts';
import type { StructSchema } from '../schema/types.ts';
import type { OverlayEffect } from './overlay-effect.ts';

/** An overlay of which more is known than its text says, so that merging it takes less. */
export abstract class SharedOverlay {
  /** The overlay as a template wrote it. */
  abstract readonly value: JsonValue;

  /** What it does to objects of that type; undefined when only a general merge can tell. */
  abstract effectOn(schema: StructSchema): OverlayEffect | undefined;
}
