import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import type { StructSchema } from '../schema/types.ts';
import { decodeMerged } from './decode.ts';
import { DecodeError, MergeError } from './errors.ts';
import { Merger } from './merger.ts';
import { SharedOverlay } from './shared-overlay.ts';

/**
 * Merges an untyped overlay (a rendered template) into a normal-form base by Kubernetes' strategic rules
 * and gives the normal form of the outcome. Neither argument is changed; parts that the overlay does not
 * touch are shared with `base`, and `base` itself is returned when nothing changed. An overlay of null
 * changes nothing.
 *
 * An overlay that is merged time and again is best handed over as a `PreparedOverlay`.
 *
 * Throws a {@link MergeError} that tells the stage.
 */
export function strategicMerge(
  schema: StructSchema,
  base: JsonObject,
  overlay: JsonValue | SharedOverlay,
): JsonObject {
  const prepared = overlay instanceof SharedOverlay ? overlay : undefined;
  const patch = overlay instanceof SharedOverlay ? overlay.value : overlay;
  if (patch === null) return base;
  if (!isJsonObject(patch)) {
    throw new MergeError('strategic merge', 'invalid JSON document', '');
  }
  const merged = new Merger(prepared).object(base, patch, schema, true, 0);
  try {
    return decodeMerged(schema, merged, base, prepared);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw new MergeError('unmarshal patched pod', error.message, error.path);
  }
}
