import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/json.ts';
import { decode } from '../../src/merge/index.ts';
import { structSchema } from '../../src/schema/index.ts';

/** One place where two objects differ. */
export interface Difference {
  readonly path: string;
  readonly expected: JsonValue | undefined;
  readonly actual: JsonValue | undefined;
}

/**
 * Differences of two pods as Go would see them: both are brought to Go's normal form first, so zero values
 * that a typed round trip adds, and quantities spelled differently, do not count. All else must be equal.
 */
export function comparePods(expected: JsonObject, actual: JsonObject): Difference[] {
  return differences(normal(expected), normal(actual));
}

function normal(pod: JsonObject): JsonValue {
  const metadata = pod['metadata'] ?? {};
  const spec = pod['spec'] ?? {};
  return prune(decode(structSchema('Pod'), { metadata, spec }, { coerceScalars: true }));
}

/**
 * Differences of any two objects, leaving aside nulls, empty maps and empty lists, and a workload's
 * zero-valued status (what Go's encoders add and drop).
 */
export function compareObjects(expected: JsonValue, actual: JsonValue): Difference[] {
  return differences(
    pruneZeros(withoutZeroStatus(expected)),
    pruneZeros(withoutZeroStatus(actual)),
  );
}

/** As {@link prune}, and without the zero scalars of the object's spec: Go drops or adds them by type. */
function pruneZeros(value: JsonValue): JsonValue {
  if (!isJsonObject(value) || !isJsonObject(value['spec'])) return prune(value);
  const spec = Object.fromEntries(
    Object.entries(value['spec']).filter(
      ([, member]) => member !== 0 && member !== false && member !== '',
    ),
  );
  return prune({ ...value, spec });
}

function withoutZeroStatus(value: JsonValue): JsonValue {
  if (!isJsonObject(value)) return value;
  const status = value['status'];
  if (!isJsonObject(status) || Object.values(status).some((member) => member !== 0)) return value;
  const { status: _, ...rest } = value;
  return rest;
}

/** The value without nulls, empty maps and empty lists, at every depth; null when nothing is left. */
export function prune(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(prune);
  if (!isJsonObject(value)) return value;
  const kept: JsonObject = {};
  let size = 0;
  for (const [key, member] of Object.entries(value)) {
    const pruned = prune(member);
    if (pruned === null) continue;
    kept[key] = pruned;
    size++;
  }
  return size === 0 ? null : kept;
}

function differences(
  expected: JsonValue | undefined,
  actual: JsonValue | undefined,
  path = '',
): Difference[] {
  if (isDeepStrictEqual(expected, actual)) return [];
  if (isJsonObject(expected) && isJsonObject(actual)) {
    const keys = [...new Set([...Object.keys(expected), ...Object.keys(actual)])].sort();
    return keys.flatMap((key) => differences(expected[key], actual[key], `${path}.${key}`));
  }
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
    return expected.flatMap((item, index) => differences(item, actual[index], `${path}[${index}]`));
  }
  return [{ path: path.slice(1), expected, actual }];
}

/** The first differences as lines that a person can read. */
export function describeDifferences(found: readonly Difference[], most = 5): string {
  const lines = found
    .slice(0, most)
    .map(
      ({ path, expected, actual }) =>
        `  ${path}\n    expected ${show(expected)}\n    actual   ${show(actual)}`,
    );
  if (found.length > most) lines.push(`  and ${found.length - most} more`);
  return lines.join('\n');
}

function show(value: JsonValue | undefined): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}
