import { isList, type ListLike } from '../value/list.ts';
import { GoCallError } from '../value/model.ts';
import { goTypeOf } from '../value/type-of.ts';

/** Name of a value's kind as Go's reflect spells it. */
export function kindName(value: unknown): string {
  const kind = goTypeOf(value)?.kind;
  if (kind === undefined) return 'invalid';
  return kind === 'pointer' ? 'ptr' : kind;
}

/** The list that a function wants; `complaint` gets the kind of what it was given instead. */
export function asList(value: unknown, complaint: (kind: string) => string): ListLike {
  if (isList(value)) return value;
  if (value === null || value === undefined) {
    throw new GoCallError('runtime error: invalid memory address or nil pointer dereference');
  }
  throw new GoCallError(complaint(kindName(value)));
}
