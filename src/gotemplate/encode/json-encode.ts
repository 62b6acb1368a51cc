import { formatFloat64 } from '../fmt/go-float.ts';
import { isList, type ListLike, listItems } from '../value/list.ts';
import { type MapLike, mapEntry, sortedKeys } from '../value/map-entries.ts';
import {
  GoCallError,
  type GoField,
  GoInt,
  GoMap,
  GoNamed,
  GoOpaque,
  GoPointer,
  GoSlice,
  GoStruct,
  type GoType,
  wrap,
} from '../value/model.ts';
import { readRawField } from '../value/struct-field.ts';
import { typeName } from '../value/type-of.ts';
import { jsonFloat, jsonString } from './json-string.ts';

/** How JSON is written where Go leaves a choice. */
export interface JsonStyle {
  /** Write `<`, `>` and `&` as escapes (Go's default). */
  readonly escapeHtml: boolean;
}

const goStyle: JsonStyle = { escapeHtml: true };

/** Deeper values are taken for cycles, which `set` can make. */
const deepest = 1000;

/**
 * JSON text of a template value as Go's `json.Marshal` writes it: compact, map keys sorted, struct fields
 * in declaration order under their JSON names. No value and nil are `null`.
 *
 * @throws GoCallError for what has no JSON: NaN, infinities, complex numbers, cycles
 */
export function encodeGoJson(value: unknown, style: JsonStyle = goStyle): string {
  return encode(value, style, 0);
}

function encode(value: unknown, style: JsonStyle, depth: number): string {
  switch (typeof value) {
    case 'string':
      return jsonString(value, style.escapeHtml);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      return jsonFloat(value) ?? unsupported(formatFloat64(value));
    case 'object':
      return value === null ? 'null' : encodeObject(value, style, depth + 1);
    default:
      return 'null';
  }
}

function unsupported(value: string): never {
  throw new GoCallError(`json: unsupported value: ${value}`);
}

function encodeObject(value: object, style: JsonStyle, depth: number): string {
  if (depth > deepest) unsupported(`encountered a cycle via ${typeName(value)}`);
  if (value instanceof GoInt) {
    return value.type.encodeJSON?.(value.value) ?? String(value.value);
  }
  if (value instanceof GoNamed) {
    return value.type.encodeJSON?.(value.value) ?? encode(value.value, style, depth);
  }
  if (value instanceof GoPointer) {
    return value.target === null ? 'null' : encode(value.target, style, depth);
  }
  if (value instanceof GoStruct) {
    return value.type.encodeJSON?.(value.source) ?? encodeStruct(value, style, depth);
  }
  if (value instanceof GoOpaque) return encodeOpaque(value);
  if (isList(value)) return encodeList(value, style, depth);
  if (value instanceof GoMap && value.entries === null) return 'null';
  return encodeMap(value as MapLike, style, depth);
}

function encodeOpaque(value: GoOpaque): string {
  const text = value.type.encodeJSON?.(value);
  if (text !== undefined) return text;
  if (value.type.kind === 'struct' || value.type.kind === 'pointer') return '{}';
  throw new GoCallError(`json: unsupported type: ${value.type.name}`);
}

function encodeList(list: ListLike, style: JsonStyle, depth: number): string {
  if (list instanceof GoSlice) {
    if (list.items === null) return 'null';
    if (list.type.elem?.kind === 'uint8') return encodeBytes(list.items);
  }
  let json = '[';
  for (const item of listItems(list)) {
    if (json.length > 1) json += ',';
    json += encode(item, style, depth);
  }
  return `${json}]`;
}

/** Go writes `[]byte` in base64. */
function encodeBytes(items: readonly unknown[]): string {
  return `"${Buffer.from(items.map(Number)).toString('base64')}"`;
}

function encodeMap(map: MapLike, style: JsonStyle, depth: number): string {
  let json = '{';
  for (const key of sortedKeys(map)) {
    if (json.length > 1) json += ',';
    json += `${jsonString(key, style.escapeHtml)}:${encode(mapEntry(map, key), style, depth)}`;
  }
  return `${json}}`;
}

function encodeStruct(struct: GoStruct, style: JsonStyle, depth: number): string {
  const members: string[] = [];
  collectMembers(struct, style, depth, members);
  return `{${members.join(',')}}`;
}

function collectMembers(
  struct: GoStruct,
  style: JsonStyle,
  depth: number,
  members: string[],
): void {
  for (const field of struct.type.fields?.values() ?? []) {
    const raw = readRawField(field, struct.source);
    if (field.jsonName === '') {
      if (field.embedded) collectEmbedded(field, raw, style, depth, members);
      continue;
    }
    if (field.omitEmpty && isEmptyRaw(field.type, raw)) continue;
    const json = encode(wrap(field.type, raw), style, depth);
    members.push(`${jsonString(field.jsonName, style.escapeHtml)}:${json}`);
  }
}

/** Members of an embedded struct without a JSON name stand among its parent's. */
function collectEmbedded(
  field: GoField,
  raw: unknown,
  style: JsonStyle,
  depth: number,
  members: string[],
): void {
  const inner = wrap(field.type, raw);
  const target = inner instanceof GoPointer ? inner.target : inner;
  if (target instanceof GoStruct) collectMembers(target, style, depth + 1, members);
}

/** Whether `omitempty` leaves a field out, told from its raw value. */
function isEmptyRaw(type: GoType, raw: unknown): boolean {
  if (raw === undefined || raw === null) return true;
  switch (type.kind) {
    case 'pointer':
    case 'interface':
    case 'struct':
      return false;
    case 'slice':
      return Array.isArray(raw) && raw.length === 0;
    case 'map':
      return typeof raw === 'object' && Object.keys(raw).length === 0;
    default:
      return raw === '' || raw === false || raw === 0 || raw === 0n;
  }
}
