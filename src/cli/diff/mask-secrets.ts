/** Exports: {@link maskSecrets}. */
import { typeOf } from '../../inject/workload/workload-kinds.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';

/**
 * Puts asterisks for the data of Secrets, and lets see which of it changes, as `kubectl diff` does; other objects stay
 * as they are. A diff goes to terminals and to the logs of CI, where no secret should be.
 */
export function maskSecrets(
  before: JsonObject | undefined,
  after: JsonObject,
): readonly [JsonObject | undefined, JsonObject] {
  const { apiVersion, kind } = typeOf(after);
  if (apiVersion !== 'v1' || kind !== 'Secret') return [before, after];
  return [before && masked(before, after, 'before'), masked(after, before, 'after')];
}

function masked(object: JsonObject, other: JsonObject | undefined, when: string): JsonObject {
  const members = ['data', 'stringData'].flatMap((member): [string, JsonValue][] => {
    const data = object[member];
    if (!isJsonObject(data)) return [];
    const theirs = other?.[member];
    const shown = Object.entries(data).map(([key, value]): [string, JsonValue] => {
      const there = isJsonObject(theirs) && Object.hasOwn(theirs, key);
      return [key, there && theirs[key] !== value ? `*** (${when})` : '***'];
    });
    return [[member, Object.fromEntries(shown)]];
  });
  return { ...object, ...Object.fromEntries(members) };
}
