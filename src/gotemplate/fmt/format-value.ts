import { isList, listItems } from '../value/list.ts';
import { type MapLike, mapEntry, sortedKeys } from '../value/map-entries.ts';
import { GoInt, GoNamed, GoOpaque, GoPointer, GoStruct, wrap } from '../value/model.ts';
import { readRawField } from '../value/struct-field.ts';
import { goTypeOf } from '../value/type-of.ts';
import { formatFloat64 } from './go-float.ts';

/** Text of a value whose type has a `String()` or `Error()` method, else undefined. */
export function stringerText(value: unknown): string | undefined {
  const type = goTypeOf(value);
  if (type === undefined) return undefined;
  if (value instanceof GoInt) {
    if (type.enumNames !== undefined) {
      return type.enumNames.get(Number(value.value)) ?? String(value.value);
    }
    return type.format?.(value.value);
  }
  if (value instanceof GoPointer) {
    if (value.target === null || type.elem === undefined) return undefined;
    return stringerText(value.target);
  }
  if (type.format === undefined) return undefined;
  if (value instanceof GoStruct) return type.format(value.source);
  if (value instanceof GoNamed) return type.format(value.value);
  return type.format(value);
}

/**
 * A value as Go prints it with `%v`. No value and nil print `<nil>` here; the engine writes `<no value>`
 * for an action itself.
 */
export function formatValue(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      return formatFloat64(value);
    case 'undefined':
      return '<nil>';
    default:
      return value === null ? '<nil>' : formatComposite(value, true);
  }
}

function formatComposite(value: unknown, top: boolean): string {
  const text = stringerText(value);
  if (text !== undefined) return text;
  if (value instanceof GoInt) return String(value.value);
  if (value instanceof GoNamed) return formatValue(value.value);
  if (value instanceof GoStruct) {
    const fields = [...(value.type.fields?.values() ?? [])];
    return `{${fields.map((field) => formatInner(wrap(field.type, readRawField(field, value.source)))).join(' ')}}`;
  }
  if (value instanceof GoPointer) {
    if (value.target === null) return '<nil>';
    const composite = value.target instanceof GoStruct || isList(value.target);
    // Go prints an address here, which nobody can use.
    return top && composite ? `&${formatComposite(value.target, false)}` : '0xc000000000';
  }
  if (isList(value)) return `[${listItems(value).map(formatInner).join(' ')}]`;
  if (value instanceof GoOpaque) return `{${value.type.name}}`;
  const map = value as MapLike;
  return `map[${sortedKeys(map)
    .map((key) => `${key}:${formatInner(mapEntry(map, key))}`)
    .join(' ')}]`;
}

function formatInner(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? formatComposite(value, false)
    : formatValue(value);
}
