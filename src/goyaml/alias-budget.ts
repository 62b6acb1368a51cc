import type { JsonValue } from '../json.ts';

/** Shares of aliased nodes that go-yaml allows (its decode.go): nearly all in small documents. */
const smallDocument = 400_000;
const largeDocument = 4_000_000;

/**
 * Keeps "alias bombs" in bounds. An alias is copied, as every alias is decoded anew in Go; what it costs
 * counts as aliased.
 */
export class AliasBudget {
  private nodes = 0;
  private aliased = 0;
  private readonly exceeded: () => never;

  constructor(exceeded: () => never) {
    this.exceeded = exceeded;
  }

  /** Counts a node of the text. */
  spend(): void {
    this.nodes++;
  }

  copy(value: JsonValue): JsonValue {
    this.nodes++;
    this.aliased++;
    if (this.aliased > 100 && this.nodes > 1000 && this.aliased / this.nodes > this.share()) {
      this.exceeded();
    }
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map((item) => this.copy(item));
    const entries = Object.entries(value);
    this.nodes += entries.length;
    this.aliased += entries.length;
    // Object.fromEntries defines members, so that `__proto__` stays a plain one.
    return Object.fromEntries(entries.map(([key, member]) => [key, this.copy(member)]));
  }

  private share(): number {
    if (this.nodes <= smallDocument) return 0.99;
    if (this.nodes >= largeDocument) return 0.1;
    const over = (this.nodes - smallDocument) / (largeDocument - smallDocument);
    return 0.99 - 0.89 * over;
  }
}
