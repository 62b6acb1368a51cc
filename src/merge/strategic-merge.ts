import type { JsonObject, JsonValue } from '../json.ts';
import type { StructSchema } from '../schema/types.ts';

/**
 * Merges an untyped overlay (a rendered template) into a normal-form base by Kubernetes' strategic rules
 * and gives the normal form of the outcome. Neither argument is changed; parts that the overlay does not
 * touch are shared with `base`, and `base` itself is returned when nothing changed. An overlay of null
 * changes nothing.
 *
 * Throws a {@link MergeError} that tells the stage.
 */
export function strategicMerge(
  _schema: StructSchema,
  _base: JsonObject,
  _overlay: JsonValue,
): JsonObject {
  throw new Error('not yet');
}
