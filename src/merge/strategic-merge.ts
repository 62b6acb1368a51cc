import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import type { StructSchema } from '../schema/types.ts';
import { MergeError } from './errors.ts';
import { generalMerge } from './general-merge.ts';
import { mergeEffect } from './merge-effect.ts';
import { SharedOverlay } from './shared-overlay.ts';

/**
 * Merges an untyped overlay (a rendered template) into a normal-form base by Kubernetes' strategic rules
 * and gives the normal form of the outcome. Neither argument is changed; parts that the overlay does not
 * touch are shared with `base`, and `base` itself is returned when nothing changed. An overlay of null
 * changes nothing.
 *
 * An overlay that is merged time and again is best handed over as a {@link SharedOverlay}.
 *
 * Throws a {@link MergeError} that tells the stage.
 */
export function strategicMerge(
  schema: StructSchema,
  base: JsonObject,
  overlay: JsonValue | SharedOverlay,
): JsonObject {
  if (!(overlay instanceof SharedOverlay)) return mergeValue(schema, base, overlay);
  const effect = overlay.effectOn(schema);
  const merged = effect === undefined ? undefined : mergeEffect(schema, base, effect);
  return merged ?? mergeValue(schema, base, overlay.value);
}

function mergeValue(schema: StructSchema, base: JsonObject, overlay: JsonValue): JsonObject {
  if (overlay === null) return base;
  if (isJsonObject(overlay)) return generalMerge(schema, base, overlay);
  throw new MergeError('strategic merge', 'invalid JSON document', '');
}
