/** Exports: {@link assign}. */
import { OutriggerError } from '../errors.ts';
import { isJsonObject, type JsonValue } from '../json.ts';
import { pathText, type ValuePath } from './value-path.ts';

/**
 * The value with one place in it set; objects and lists on the way are made as needed, and lists filled up with
 * null. Throws OutriggerError `OUTRIGGER_VALUES` when something else is in the way.
 */
export function assign(value: JsonValue, path: ValuePath, leaf: JsonValue): JsonValue {
  return assignAt(value, path, 0, leaf);
}

function assignAt(value: JsonValue, path: ValuePath, depth: number, leaf: JsonValue): JsonValue {
  const part = path[depth];
  if (part === undefined) return leaf;
  if (typeof part === 'number') {
    if (value !== null && !Array.isArray(value)) throw inTheWay(path, depth, 'a list');
    const list = [...(value ?? [])];
    while (list.length <= part) list.push(null);
    list[part] = assignAt(list[part] ?? null, path, depth + 1, leaf);
    return list;
  }
  if (value !== null && !isJsonObject(value)) throw inTheWay(path, depth, 'an object');
  const members = new Map(Object.entries(value ?? {}));
  members.set(part, assignAt(members.get(part) ?? null, path, depth + 1, leaf));
  return Object.fromEntries(members);
}

function inTheWay(path: ValuePath, depth: number, wanted: string): OutriggerError {
  const at = pathText(path.slice(0, depth)) || 'the top';
  return new OutriggerError('OUTRIGGER_VALUES', `${at} is not ${wanted}`, {
    place: { path: pathText(path.slice(0, depth)) },
    hint: `${pathText(path)} cannot be set while ${at} has a value of another kind.`,
  });
}
