import { lineStart, startsLine } from '../source/lines.ts';
import { skipBlank } from '../source/skip-blank.ts';
import type { MemberLayout } from './flow-layout.ts';
import type { Rewriting } from './rewriting.ts';

/** Where a member of a flow collection stands. */
export interface MemberPlace {
  readonly start: number;
  readonly end: number;
}

/**
 * Takes members out of a flow collection, each with a comma, and puts others behind the last one; at least one of the
 * old ones stays.
 */
export function changeMembers(
  work: Rewriting,
  places: readonly MemberPlace[],
  removed: ReadonlySet<number>,
  added: readonly string[],
  member: MemberLayout,
): void {
  let tail = places.length;
  while (removed.has(tail - 1)) tail--;
  const [first, last] = [places[tail], places.at(-1)];
  if (!first || !last || added.length === 0) {
    removeMembers(work, places, removed);
    addMembers(work, places, added, member);
    return;
  }
  const text = added.join(`,${gapOf(work, member)}`);
  work.edits.push({ start: first.start, end: last.end, text });
  const others = [...removed].filter((at) => at < tail);
  removeMembers(work, places, new Set(others));
}

function removeMembers(
  { text, edits }: Rewriting,
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
    const lines = first && last && linesOf(text, first, last);
    if (lines && (next || previous)) {
      edits.push({ ...lines, text: '' });
      // Who writes a comma behind the last member goes on doing so.
      const comma = next || commaAfter(text, last) ? undefined : commaAfter(text, previous ?? last);
      if (comma !== undefined) edits.push({ start: comma, end: comma + 1, text: '' });
    } else if (next && first) edits.push({ start: first.start, end: next.start, text: '' });
    else if (previous && last) edits.push({ start: previous.end, end: last.end, text: '' });
    at = end;
  }
}

/** Puts members in front of the one at `before`. */
export function insertMembers(
  work: Rewriting,
  before: Pick<MemberPlace, 'start'>,
  members: readonly string[],
  layout: MemberLayout,
): void {
  const separator = `,${gapOf(work, layout)}`;
  const text = members.map((member) => member + separator).join('');
  work.edits.push({ start: before.start, end: before.start, text });
}

/** What stands between a comma and the next member. */
function gapOf({ style }: Rewriting, { layout, indent }: MemberLayout): string {
  return layout.unit === undefined ? layout.gap : style.lineBreak + indent;
}

/** Puts members behind the last one. */
function addMembers(
  work: Rewriting,
  places: readonly MemberPlace[],
  members: readonly string[],
  member: MemberLayout,
): void {
  const { text, edits } = work;
  const last = places.at(-1);
  if (!last || members.length === 0) return;
  const gap = gapOf(work, member);
  const comma = commaAfter(text, last);
  const at = comma === undefined ? last.end : comma + 1;
  const joined = gap + members.join(`,${gap}`) + (comma === undefined ? '' : ',');
  const rest = member.layout.unit === undefined ? undefined : restOfLine(text, at);
  if (rest === undefined) {
    edits.push({ start: at, end: at, text: (comma === undefined ? ',' : '') + joined });
    return;
  }
  // A comment behind the last member stays there.
  if (comma === undefined) edits.push({ start: at, end: at, text: ',' });
  edits.push({ start: rest, end: rest, text: joined });
}

/** Where the comma after a member is, if there is one. */
function commaAfter(text: string, { end }: MemberPlace): number | undefined {
  const at = skipBlank(text, end, '');
  return text[at] === ',' ? at : undefined;
}

/** The lines of members that share them with nothing but their comma and a comment. */
function linesOf(
  text: string,
  first: MemberPlace,
  last: MemberPlace,
): { readonly start: number; readonly end: number } | undefined {
  if (!startsLine(text, first.start)) return undefined;
  const end = restOfLine(text, (commaAfter(text, last) ?? last.end - 1) + 1);
  if (end === undefined) return undefined;
  return { start: lineStart(text, first.start), end: text.indexOf('\n', end) + 1 };
}

/** The end of a line, before its line break, when only a comment follows on it; there has to be a line break. */
function restOfLine(text: string, from: number): number | undefined {
  const found = /[ \t]*(?:#[^\r\n]*)?(?=\r?\n)/y;
  found.lastIndex = from;
  const match = found.exec(text);
  return match ? from + match[0].length : undefined;
}
