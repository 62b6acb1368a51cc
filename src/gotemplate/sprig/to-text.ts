import { formatValue } from '../fmt/format-value.ts';
import { isList, type ListLike, listItems } from '../value/list.ts';
import { GoSlice } from '../value/model.ts';
import { fromBytes } from '../value/utf8.ts';

/** sprig's `toString`: text as it is, bytes as text, everything else by `%v`. */
export function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof GoSlice && value.type.elem?.kind === 'uint8') {
    return fromBytes(Uint8Array.from(value.items ?? [], Number));
  }
  return formatValue(value);
}

/** sprig's `toStrings`: the elements of a list that are not nil, or the one value. */
export function toTexts(value: unknown): string[] {
  if (isList(value)) return elementTexts(value);
  return value === null || value === undefined ? [] : [toText(value)];
}

function elementTexts(list: ListLike): string[] {
  const texts: string[] = [];
  for (const item of listItems(list)) {
    if (item !== null && item !== undefined) texts.push(toText(item));
  }
  return texts;
}
