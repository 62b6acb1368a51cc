import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';

/**
 * One step from an old list to a new one: an item that stays (and may have changed inside), one that goes,
 * one that is new. Steps come in the order of both lists.
 */
export type AlignStep =
  | { readonly kind: 'keep'; readonly before: number; readonly after: number }
  | { readonly kind: 'remove'; readonly before: number }
  | { readonly kind: 'insert'; readonly after: number };

/** Above this many comparisons the lists are not aligned: items are taken in order. */
const maxCells = 100_000;

/** How sure it is that two items are the same one. */
const same = 6;
const sameName = 3;
/** Both are objects without a name, or both are lists; up to one more when they have members in common. */
const sameShape = 1;
const different = 0;

/**
 * Matches the items of two lists such that as much as possible stays where it is: equal items first, then
 * objects of the same `name` (containers, volumes, variables), then what looks alike.
 */
export function alignItems(before: readonly JsonValue[], after: readonly JsonValue[]): AlignStep[] {
  const oldItems = before.map((value) => new Item(value));
  const newItems = after.map((value) => new Item(value));
  let head = 0;
  while (areSame(oldItems[head], newItems[head])) head++;
  let oldEnd = oldItems.length;
  let newEnd = newItems.length;
  while (oldEnd > head && newEnd > head && areSame(oldItems[oldEnd - 1], newItems[newEnd - 1])) {
    oldEnd--;
    newEnd--;
  }
  const middle = longestMatch(oldItems.slice(head, oldEnd), newItems.slice(head, newEnd));
  const pairs: [number, number][] = [];
  for (let i = 0; i < head; i++) pairs.push([i, i]);
  for (const [i, j] of middle) pairs.push([head + i, head + j]);
  for (let i = oldEnd; i < oldItems.length; i++) pairs.push([i, newEnd + i - oldEnd]);
  return fillGaps(pairs, oldItems, newItems);
}

class Item {
  readonly value: JsonValue;
  readonly name: string | undefined;
  readonly type: 'map' | 'list' | 'scalar';
  private json: string | undefined;

  constructor(value: JsonValue) {
    const isMap = isJsonObject(value);
    const name = isMap ? (ownMember(value, 'name') ?? objectName(value)) : undefined;
    this.value = value;
    this.name = typeof name === 'string' ? name : undefined;
    this.type = isMap ? 'map' : Array.isArray(value) ? 'list' : 'scalar';
  }

  get text(): string {
    this.json ??= JSON.stringify(this.value);
    return this.json;
  }
}

/** Whether two items are written the same; what nobody touched is the very same value. */
function areSame(a: Item | undefined, b: Item | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a.value === b.value || (a.type === b.type && a.name === b.name && a.text === b.text);
}

function likeness(a: Item, b: Item): number {
  if (areSame(a, b)) return same;
  if (a.name !== undefined && a.name === b.name) return sameName;
  return a.type !== 'scalar' && canBecome(a, b) ? sameShape + overlap(a, b) : different;
}

/** The name of a Kubernetes object. */
function objectName(value: JsonObject): string | undefined {
  const metadata = ownMember(value, 'metadata');
  if (!isJsonObject(metadata)) return undefined;
  const name = ownMember(metadata, 'name');
  if (typeof name !== 'string') return undefined;
  return JSON.stringify([ownMember(value, 'kind'), ownMember(metadata, 'namespace'), name]);
}

function ownMember(value: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function sameItem(a: Item, b: Item | undefined): boolean {
  return b !== undefined && likeness(a, b) >= sameName;
}

/** The share of members that two collections have in common. */
function overlap(a: Item, b: Item): number {
  const [ours, theirs] = [memberTexts(a.value), memberTexts(b.value)];
  const common = [...ours].filter((member) => theirs.has(member)).length;
  return common / Math.max(1, ours.size, theirs.size);
}

function memberTexts(value: JsonValue): Set<string> {
  if (typeof value !== 'object' || value === null) return new Set();
  return new Set(
    Array.isArray(value)
      ? value.map((item) => JSON.stringify(item))
      : Object.entries(value).map((entry) => JSON.stringify(entry)),
  );
}

/** The heaviest common subsequence, as index pairs. */
function longestMatch(before: readonly Item[], after: readonly Item[]): [number, number][] {
  const width = after.length + 1;
  // Mostly nothing was added or taken away: the items of a long `kind: List`, say.
  if (before.length === after.length && before.every((item, at) => sameItem(item, after[at]))) {
    return before.map((_, at) => [at, at]);
  }
  if (before.length === 0 || after.length === 0 || before.length * after.length > maxCells) {
    return [];
  }
  const best = new Float64Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const score = likeness(before[i] as Item, after[j] as Item);
      const matched = score === different ? 0 : score + (best[(i + 1) * width + j + 1] ?? 0);
      best[i * width + j] = Math.max(
        matched,
        best[(i + 1) * width + j] ?? 0,
        best[i * width + j + 1] ?? 0,
      );
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < before.length && j < after.length; ) {
    const score = likeness(before[i] as Item, after[j] as Item);
    const here = best[i * width + j] ?? 0;
    if (score !== different && here === score + (best[(i + 1) * width + j + 1] ?? 0)) {
      pairs.push([i++, j++]);
    } else if (here === best[(i + 1) * width + j]) {
      i++;
    } else {
      j++;
    }
  }
  return pairs;
}

/** Turns matched pairs into steps; between two pairs, items of the same kind without names are paired up. */
function fillGaps(
  pairs: readonly [number, number][],
  before: readonly Item[],
  after: readonly Item[],
): AlignStep[] {
  const steps: AlignStep[] = [];
  let i = 0;
  let j = 0;
  for (const [oldStop, newStop] of [...pairs, [before.length, after.length] as const]) {
    while (i < oldStop && j < newStop && canBecome(before[i], after[j])) {
      steps.push({ kind: 'keep', before: i++, after: j++ });
    }
    while (i < oldStop) steps.push({ kind: 'remove', before: i++ });
    while (j < newStop) steps.push({ kind: 'insert', after: j++ });
    if (i < before.length && j < after.length)
      steps.push({ kind: 'keep', before: i++, after: j++ });
  }
  return steps;
}

/** Whether an item may be edited into another one; things with names of their own may not. */
function canBecome(before: Item | undefined, after: Item | undefined): boolean {
  return (
    before !== undefined &&
    after !== undefined &&
    before.type === after.type &&
    before.name === undefined &&
    after.name === undefined
  );
}
