import type { JsonObject } from '../json.ts';
import type { StructSchema } from '../schema/types.ts';
import type { PatchOperation } from './patch-operation.ts';

/**
 * The patch that leads from `base` to `result` (both normal form), written so that it applies to `raw`,
 * the object whose normal form `base` is: with unknown members, nulls, explicit empties. What the schema
 * does not know is left alone, also when its list element moves.
 */
export function createPatch(
  _schema: StructSchema,
  _raw: JsonObject,
  _base: JsonObject,
  _result: JsonObject,
): PatchOperation[] {
  throw new Error('not yet');
}
