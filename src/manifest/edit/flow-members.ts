import { skipBlank } from '../source/skip-blank.ts';
import type { MemberLayout } from './flow-layout.ts';
import type { Rewriting } from './rewriting.ts';

/** Where a member of a flow collection stands. */
export interface MemberPlace {
  readonly start: number;
  readonly end: number;
}

/** Takes members out of a flow collection, each with a comma; at least one stays. */
export function removeMembers(
  { edits }: Rewriting,
  places: readonly MemberPlace[],
  removed: ReadonlySet<number>,
): void {
  for (let at = 0; at < places.length; at++) {
    if (!removed.has(at)) continue;
    let end = at;
    while (removed.has(end + 1)) end++;
    const next = places[end + 1];
    const previous = places[at - 1];
    const first = places[at];
    const last = places[end];
    if (next && first) edits.push({ start: first.start, end: next.start, text: '' });
    else if (previous && last) edits.push({ start: previous.end, end: last.end, text: '' });
    at = end;
  }
}

/** Puts members in front of the one at `before`. */
export function insertMembers(
  { edits, style }: Rewriting,
  before: Pick<MemberPlace, 'start'>,
  members: readonly string[],
  { layout, indent }: MemberLayout,
): void {
  const separator = layout.unit === undefined ? `,${layout.gap}` : `,${style.lineBreak}${indent}`;
  const text = members.map((member) => member + separator).join('');
  edits.push({ start: before.start, end: before.start, text });
}

/** Puts members behind the last one. */
export function addMembers(
  { text, edits, style }: Rewriting,
  places: readonly MemberPlace[],
  members: readonly string[],
  { layout, indent }: MemberLayout,
): void {
  const last = places.at(-1);
  if (!last || members.length === 0) return;
  const gap = layout.unit === undefined ? layout.gap : style.lineBreak + indent;
  const comma = skipBlank(text, last.end, '');
  const hasComma = text[comma] === ',';
  const at = hasComma ? comma + 1 : last.end;
  const joined = members.join(`,${gap}`);
  edits.push({ start: at, end: at, text: (hasComma ? '' : ',') + gap + joined });
}
