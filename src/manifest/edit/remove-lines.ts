import { lineEnd, lineStart, startsLine } from '../source/lines.ts';
import type { MemberPlace } from './flow-members.ts';
import type { Rewriting } from './rewriting.ts';

/** Takes members out of a block collection, with their lines; at least one stays. */
export function removeLines(
  { text, edits }: Rewriting,
  places: readonly MemberPlace[],
  removed: ReadonlySet<number>,
): void {
  for (let at = 0; at < places.length; at++) {
    const place = places[at];
    if (!removed.has(at) || !place) continue;
    if (startsLine(text, place.start)) {
      edits.push({ start: lineStart(text, place.start), end: lineEnd(text, place.end), text: '' });
      continue;
    }
    // The first member shares its line with a dash: the next one that stays moves up to it.
    let next = at + 1;
    while (removed.has(next)) next++;
    edits.push({ start: place.start, end: places[next]?.start ?? place.end, text: '' });
    at = next;
  }
}
