import { isList, listItems } from '../value/list.ts';
import { type MapLike, mapEntry, sortedKeys } from '../value/map-entries.ts';
import { GoInt, GoMap, GoNamed, GoPointer, GoSlice, GoStruct, wrap } from '../value/model.ts';
import { readRawField } from '../value/struct-field.ts';
import { goTypeOf, typeName } from '../value/type-of.ts';
import { formatFloat } from './go-float.ts';
import { goQuote } from './go-quote.ts';

/** A value in Go syntax, as `%#v` prints it. */
export function goSyntax(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (typeof value === 'string') return goQuote(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return formatFloat(value, 'g', -1);
  if (value instanceof GoNamed) return goSyntax(value.value);
  if (value instanceof GoInt) {
    const unsigned = value.type.kind.startsWith('uint');
    return unsigned ? `0x${value.value.toString(16)}` : String(value.value);
  }
  if (value instanceof GoPointer) {
    return value.target === null ? `(${value.type.name})(nil)` : `&${goSyntax(value.target)}`;
  }
  if (value instanceof GoStruct) {
    const fields = [...(value.type.fields?.values() ?? [])].map(
      (field) => `${field.goName}:${goSyntax(wrap(field.type, readRawField(field, value.source)))}`,
    );
    return `${value.type.name}{${fields.join(', ')}}`;
  }
  const inAny = goTypeOf(value)?.elem?.kind === 'interface';
  const element = (item: unknown) =>
    inAny && (item === null || item === undefined) ? 'interface {}(nil)' : goSyntax(item);
  if (isList(value)) {
    if (value instanceof GoSlice && value.items === null) return `${value.type.name}(nil)`;
    return `${typeName(value)}{${listItems(value).map(element).join(', ')}}`;
  }
  if (value instanceof GoMap && value.entries === null) return `${value.type.name}(nil)`;
  const map = value as MapLike;
  const entries = sortedKeys(map).map((key) => `${goQuote(key)}:${element(mapEntry(map, key))}`);
  return `${typeName(value)}{${entries.join(', ')}}`;
}
