import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { directiveMarker } from './clean-overlay.ts';
import { goDynamicType, goText } from './go-text.ts';

/** Member of an overlay that lists which members of the original stay. */
export const retainKeysMarker = '$retainKeys';
/** Prefix of a member that lists values to take out of a list of scalars. */
export const deletionPrefix = '$deleteFromPrimitiveList';
/** Prefix of a member that gives the order of a list's elements. */
export const setElementOrderPrefix = '$setElementOrder';

const badRetainKeys = 'invalid patch format of retainKeys';

/** Whether an overlay's object has directives that are obeyed before its members are merged. */
export function hasListDirectives(patch: JsonObject): boolean {
  for (const key in patch) {
    if (
      key.startsWith('$') &&
      (key === retainKeysMarker || key.startsWith(setElementOrderPrefix))
    ) {
      return true;
    }
  }
  return false;
}

/** The list that a directive such as `$setElementOrder/env` is about. */
export function directiveTarget(key: string, prefix: string): string | undefined {
  return key.startsWith(`${prefix}/`) ? key.slice(prefix.length + 1) : undefined;
}

/** Obeys `$retainKeys` on an original that may be changed. */
export function retainKeys(
  original: JsonObject,
  patch: JsonObject,
  list: JsonValue,
  fail: (detail: string) => never,
): void {
  if (!Array.isArray(list)) fail(badRetainKeys);
  const kept = new Set(list as JsonValue[]);
  for (const [key, value] of Object.entries(patch)) {
    const directive = key.startsWith(deletionPrefix) || key.startsWith(setElementOrderPrefix);
    if (value !== null && !directive && !kept.has(key)) fail(badRetainKeys);
  }
  for (const key of Object.keys(original)) {
    if (!kept.has(key)) delete original[key];
  }
}

function keyOf(
  element: JsonValue,
  mergeKey: string | undefined,
  fail: (detail: string) => never,
): JsonValue {
  if (mergeKey === undefined) return element;
  if (!isJsonObject(element)) {
    return fail(`expected a map[string]interface {}, but received a ${goDynamicType(element)}`);
  }
  if (!Object.hasOwn(element, mergeKey)) {
    return fail(`map: ${goText(element)} does not contain declared merge key: ${mergeKey}`);
  }
  return element[mergeKey] as JsonValue;
}

/** A patch's list has to keep to the order that `$setElementOrder` gives, and may name nothing else. */
export function checkSetElementOrder(
  patch: readonly JsonValue[],
  order: readonly JsonValue[],
  mergeKey: string | undefined,
  fail: (detail: string) => never,
): void {
  if (order.length === 0 || patch.length === 0) return;
  const directive = (element: JsonValue | undefined): JsonValue | undefined =>
    isJsonObject(element) && Object.hasOwn(element, directiveMarker)
      ? element[directiveMarker]
      : undefined;
  const ordinary = patch.filter((element) => directive(element) !== 'delete');
  let at = 0;
  for (const place of order) {
    // Other directives are passed over, but not behind the last place: upstream counts them as left over.
    while (directive(ordinary[at]) !== undefined) at += 1;
    const element = ordinary[at];
    if (element === undefined) break;
    if (keyOf(element, mergeKey, fail) === keyOf(place, mergeKey, fail)) at += 1;
  }
  if (at < ordinary.length) {
    const lists = [goText([...patch]), `doesn't match ${setElementOrderPrefix} list:`];
    fail(`The order in patch list:\n${lists.join('\n ')}\n${goText([...order])}\n`);
  }
}
