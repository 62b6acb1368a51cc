import { GoSlice, wrap } from './model.ts';

/** A value that reads as a list. */
export type ListLike = GoSlice | readonly unknown[];

export function isList(value: unknown): value is ListLike {
  return value instanceof GoSlice || Array.isArray(value);
}

export function listLength(list: ListLike): number {
  if (list instanceof GoSlice) return list.items === null ? 0 : list.items.length;
  return list.length;
}

/** The element at an index within bounds, as a template value. */
export function listItem(list: ListLike, index: number): unknown {
  if (!(list instanceof GoSlice)) return list[index] ?? null;
  const raw = list.items?.[index];
  return list.type.elem === undefined ? raw : wrap(list.type.elem, raw);
}

/** All elements as template values. */
export function listItems(list: ListLike): readonly unknown[] {
  if (!(list instanceof GoSlice)) return list;
  const { elem } = list.type;
  const items = list.items ?? [];
  return elem === undefined ? items : items.map((item) => wrap(elem, item));
}
