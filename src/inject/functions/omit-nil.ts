/** Exports: {@link omitNil}. */
import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';

/** Marks what is to vanish. */
const gone = Symbol('gone');

/**
 * The value without nulls, at every depth (`pkg/kube/inject/template.go`, omitNil). A map or list that becomes
 * empty by it vanishes too; one that was empty before stays. Null when nothing is left.
 */
export function omitNil(value: unknown): unknown {
  const kept = withoutNil(value as JsonValue);
  return kept === gone ? null : kept;
}

function withoutNil(value: JsonValue): JsonValue | typeof gone {
  if (value === null) return gone;
  if (Array.isArray(value)) {
    const kept = value.map(withoutNil).filter((item) => item !== gone);
    return kept.length === 0 && value.length > 0 ? gone : kept;
  }
  // Only generic maps: typed values and numbers of other kinds are left as they are.
  const prototype: unknown = typeof value === 'object' ? Object.getPrototypeOf(value) : undefined;
  if (!isJsonObject(value) || (prototype !== Object.prototype && prototype !== null)) return value;
  const kept: JsonObject = Object.create(null) as JsonObject;
  let size = 0;
  const members = Object.entries(value);
  for (const [key, member] of members) {
    const left = withoutNil(member);
    if (left === gone) continue;
    kept[key] = left;
    size++;
  }
  return size === 0 && members.length > 0 ? gone : kept;
}
