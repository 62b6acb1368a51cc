/** What can be said about a value of a template without running it. Exports: {@link Known} and makers of it. */
import type { GoType } from '../gotemplate/index.ts';

/** As much of a value as its template tells. */
export type Known =
  /** Nothing. */
  | { readonly kind: 'unknown' }
  /** A value of a Go type. */
  | { readonly kind: 'typed'; readonly type: GoType }
  /** A member of the values, or the values themselves. */
  | { readonly kind: 'values'; readonly path: readonly string[] }
  /** The annotations or labels of the pod. */
  | { readonly kind: 'texts'; readonly of: 'annotation' | 'label' }
  /** One of these strings, all of them written in the template. */
  | { readonly kind: 'words'; readonly words: readonly string[] }
  /** A map that the template has made itself; grows while the template is read. */
  | { readonly kind: 'dict'; readonly members: Map<string, Known> }
  /** A list whose elements are alike. */
  | { readonly kind: 'list'; readonly element: Known };

export const unknown: Known = { kind: 'unknown' };

/** What is known of a value that is either of the two. */
export function either(a: Known, b: Known): Known {
  if (a.kind === 'words' && b.kind === 'words') {
    return { kind: 'words', words: [...new Set([...a.words, ...b.words])] };
  }
  if (a.kind === 'list' && b.kind === 'list') {
    return { kind: 'list', element: either(a.element, b.element) };
  }
  // What is said about the more structured one is worth more: `or .Values.a "text"`, `default (dict) .b`.
  if (a.kind === 'unknown' || a.kind === 'words') return b;
  if (a.kind === 'dict' && a.members.size === 0) return b;
  return a;
}

/** A text that tells two values apart as far as they are known; for remembering what was analysed. */
export function keyOf(value: Known): string {
  switch (value.kind) {
    case 'typed':
      return `type ${value.type.name}`;
    case 'values':
      return `values ${JSON.stringify(value.path)}`;
    case 'texts':
      return value.of;
    case 'words':
      return `words ${JSON.stringify(value.words)}`;
    case 'list':
      return `list ${keyOf(value.element)}`;
    case 'dict':
      // Not JSON in JSON: escaping it again and again would double its length at each level.
      return `dict (${[...value.members].map(([name, member]) => `${JSON.stringify(name)} ${keyOf(member)}`).join(', ')})`;
    default:
      return value.kind;
  }
}
