/**
 * Which lines of a manifest a change of its meaning may touch, and which lines edits did touch.
 * Exports: {@link concernedLines}, {@link touchedLines}.
 */
import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/json.ts';
import type { TextEdit } from '../../src/manifest/edit/text-edits.ts';

type Ranged = { readonly range?: readonly [number, number, number] | null };

/**
 * The lines, counted from 1, on which something stands whose value changes: scalars, collections in brackets, and
 * members that go, with all that is in them.
 */
export function concernedLines(text: string, before: JsonValue, after: JsonValue): Set<number> {
  const counter = new LineCounter();
  const document = parseDocument(text, { version: '1.1', merge: true, lineCounter: counter });
  const lines = new Set<number>();
  const add = (from: number, to: number): void => {
    const last = counter.linePos(Math.max(from, to - 1)).line;
    for (let line = counter.linePos(from).line; line <= last; line++) lines.add(line);
  };
  const addNode = (node: unknown, from?: number): void => {
    const { range } = (node ?? {}) as Ranged;
    if (range) add(from ?? range[0], range[1]);
    else if (from !== undefined) add(from, from);
  };
  /** Brackets that open and close on one line stand or fall with it. */
  const onOneLine = (node: unknown): boolean => {
    const { range, flow } = (node ?? {}) as Ranged & { readonly flow?: boolean };
    if (!flow || !range) return false;
    return counter.linePos(range[0]).line === counter.linePos(range[1] - 1).line;
  };
  const visit = (node: unknown, was: JsonValue, is: JsonValue, keyStart?: number): void => {
    if (sameJson(was, is)) return;
    const block = !onOneLine(node);
    if (isMap(node) && node.flow && isJsonObject(was) && isJsonObject(is) && noneStays(was, is)) {
      addNode(node, keyStart);
      return;
    }
    if (isMap(node) && block && isJsonObject(was) && isJsonObject(is)) {
      for (const pair of node.items) {
        if (!isPair(pair) || !isScalar(pair.key)) continue;
        const start = pair.key.range?.[0];
        const key = String(pair.key.value);
        if (!Object.hasOwn(was, key)) continue;
        if (Object.hasOwn(is, key)) visit(pair.value, was[key] ?? null, is[key] ?? null, start);
        else addNode(pair.value, start);
      }
      // The first member may share its line with a dash; when it goes, the next one moves up there.
      const kept = node.items.findIndex(
        ({ key }) => isScalar(key) && Object.hasOwn(is, String(key.value)),
      );
      const first =
        kept > 0 ? (node.items[kept]?.key as Ranged | undefined)?.range?.[0] : undefined;
      if (first !== undefined) add(first, first);
      return;
    }
    if (isSeq(node) && block && Array.isArray(was) && Array.isArray(is)) {
      const places = matchItems(was, is);
      for (const [at, item] of node.items.entries()) {
        const place = places[at] ?? -1;
        const crosses = places.some(
          (other, index) => other >= 0 && Math.sign(other - place) !== Math.sign(index - at),
        );
        if (place >= 0 && !crosses) visit(item, was[at] ?? null, is[place] ?? null);
        else addNode(item);
      }
      return;
    }
    addNode(node, isAlias(node) || (node as Ranged | null)?.range ? undefined : keyStart);
    // What a key holds in brackets, or nothing at all, may have to go to lines of its own.
    if (keyStart !== undefined) add(keyStart, keyStart);
  };
  visit(document.contents, before, after);
  return lines;
}

/** Brackets all of whose members go may go, too. */
function noneStays(was: JsonObject, is: JsonObject): boolean {
  return !Object.keys(was).some((key) => Object.hasOwn(is, key));
}

/** Where each item is now: the same one, else one of the same name (containers, volumes, variables); -1 for nowhere. */
function matchItems(was: readonly JsonValue[], is: readonly JsonValue[]): number[] {
  const taken = new Set<number>();
  const take = (wanted: (item: JsonValue) => boolean): number => {
    const found = is.findIndex((item, at) => !taken.has(at) && wanted(item));
    taken.add(found);
    return found;
  };
  const same = was.map((item) => take((other) => sameJson(item, other)));
  return same.map((place, at) => {
    const item = was[at] ?? null;
    if (place >= 0 || !isJsonObject(item)) return place;
    return take((other) => isJsonObject(other) && nameOf(item) === nameOf(other));
  });
}

function nameOf(object: JsonObject): string {
  const { name, kind, metadata } = object;
  const inner = isJsonObject(metadata) ? metadata['name'] : undefined;
  return JSON.stringify([name ?? null, name === undefined ? [kind ?? null, inner ?? null] : null]);
}

function sameJson(a: JsonValue, b: JsonValue): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return (
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, at) => sameJson(item, b[at] ?? null))
    );
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key] ?? null, b[key] ?? null))
  );
}

/**
 * The lines, counted from 1, that are not in the edited text as they were; edits that write a line again do not
 * count. Where of several equal lines one is gone, it is one of those that may go.
 */
export function touchedLines(
  text: string,
  edits: readonly TextEdit[],
  mayGo: ReadonlySet<number>,
): Set<number> {
  const touched = new Set<number>();
  for (const [from, to, replacement] of regions(text, edits)) {
    const first = text.slice(0, from).split('\n').length;
    const old = linesOf(text.slice(from, to));
    const kept = inBoth(old, linesOf(replacement), (at) => (mayGo.has(first + at) ? 1 : 1000));
    for (const [at] of old.entries()) if (!kept.has(at)) touched.add(first + at);
  }
  return touched;
}

/** Edits widened to whole lines, those on the same line as one. */
function regions(text: string, edits: readonly TextEdit[]): [number, number, string][] {
  const sorted = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
  const merged: { from: number; to: number; at: number; text: string }[] = [];
  for (const edit of sorted) {
    const from = text.lastIndexOf('\n', edit.start - 1) + 1;
    const last = merged.at(-1);
    const breakAt = text.indexOf('\n', edit.end - (edit.end > edit.start ? 1 : 0));
    const wholeLines = edit.start === from && (edit.end === from || text[edit.end - 1] === '\n');
    const to = wholeLines ? edit.end : breakAt < 0 ? text.length : breakAt + 1;
    if (last && from < last.to) {
      last.text += text.slice(last.at, edit.start) + edit.text;
      last.at = edit.end;
      last.to = Math.max(last.to, to);
    } else {
      merged.push({ from, to, at: edit.end, text: text.slice(from, edit.start) + edit.text });
    }
  }
  return merged.map(({ from, to, at, text: changed }) => [from, to, changed + text.slice(at, to)]);
}

/** Neither line ends nor commas at the end count: the last line, or member, has none before another one follows. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/,(?=\s*(?:#.*)?$)/, ''));
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Places in `old` of the weightiest common subsequence with `now`. */
function inBoth(
  old: readonly string[],
  now: readonly string[],
  weight: (at: number) => number,
): Set<number> {
  const width = now.length + 1;
  const best = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number): number => best[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      const same = old[i] === now[j] ? weight(i) + at(i + 1, j + 1) : 0;
      best[i * width + j] = Math.max(same, at(i + 1, j), at(i, j + 1));
    }
  }
  const kept = new Set<number>();
  for (let i = 0, j = 0; i < old.length && j < now.length; ) {
    if (old[i] === now[j] && at(i, j) === weight(i) + at(i + 1, j + 1)) {
      kept.add(i++);
      j++;
    } else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return kept;
}
