import type { JsonValue } from '../json.ts';
import { shortestFloat32 } from './number-text.ts';
import { exactInteger } from './resolve.ts';

/**
 * The string that a key which is not one becomes (`sigs.k8s.io/yaml`): integers in decimal, floats in
 * their shortest float32 form, booleans by name. Undefined for what cannot be a key: null, lists,
 * mappings.
 *
 * @param source the key as written
 */
export function keyText(value: JsonValue, source: string): string | undefined {
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'number') return undefined;
  return exactInteger(source.replaceAll('_', ''))?.toString() ?? shortestFloat32(value);
}
