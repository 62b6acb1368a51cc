/** The middle of some numbers: what a busy moment of the machine changes least. NaN when there are none. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** Rounds to so many digits that count. */
export function rounded(number: number, digits = 3): number {
  return Number(number.toPrecision(digits));
}

/** The median of what a figure is in each of some measurements, rounded. */
export function medianOf<Item>(items: readonly Item[], figure: (item: Item) => number): number {
  return rounded(median(items.map(figure)), 4);
}
