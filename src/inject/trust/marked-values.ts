/** Marks in the values that a template works on. Exports: {@link markValue}, {@link unmarkValue}. */
import { GoMap, GoPointer, GoSlice, type GoSource, GoStruct } from '../../gotemplate/index.ts';
import type { Marks } from './marks.ts';
import { mapTexts } from './text-walk.ts';

/** The value with all text in it marked. */
export function markValue(value: unknown, marks: Marks): unknown {
  return typeof value === 'string' ? marks.mark(value) : mapped(value, (text) => marks.mark(text));
}

/** The value with no mark left in it; the same value when there was none. */
export function unmarkValue(value: unknown, marks: Marks): unknown {
  return typeof value === 'string'
    ? marks.unmark(value)
    : mapped(value, (text) => marks.unmark(text));
}

function mapped(value: unknown, change: (text: string) => string): unknown {
  if (value instanceof GoMap) {
    const entries = mapTexts(value.entries, change) as GoSource | null;
    return entries === value.entries ? value : new GoMap(value.type, entries);
  }
  if (value instanceof GoSlice) {
    const items = mapTexts(value.items, change) as readonly unknown[] | null;
    return items === value.items ? value : new GoSlice(value.type, items);
  }
  if (value instanceof GoStruct) {
    const source = mapTexts(value.source, change) as GoSource;
    return source === value.source ? value : new GoStruct(value.type, source, value.addressable);
  }
  if (value instanceof GoPointer) {
    const target = mapped(value.target, change);
    return target === value.target ? value : new GoPointer(value.type, target);
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => mapped(item, change));
    return items.every((item, at) => item === value[at]) ? value : items;
  }
  return mapTexts(value, change);
}
