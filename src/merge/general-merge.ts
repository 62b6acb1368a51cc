import type { JsonObject } from '../json.ts';
import type { StructSchema } from '../schema/types.ts';
import { decodeMerged } from './decode.ts';
import { DecodeError, MergeError } from './errors.ts';
import { Merger } from './merger.ts';

/**
 * Merges an untyped overlay into a normal-form base the way Kubernetes does it: by the letter of the overlay
 * first, and what comes of that is read into the type. Throws a {@link MergeError} that tells the stage.
 */
export function generalMerge(
  schema: StructSchema,
  base: JsonObject,
  overlay: JsonObject,
): JsonObject {
  const merged = new Merger().object(base, overlay, schema, true, 0);
  try {
    return decodeMerged(schema, merged, base);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw new MergeError('unmarshal patched pod', error.message, error.path);
  }
}
