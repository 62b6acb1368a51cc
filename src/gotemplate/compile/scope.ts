/** Variables of a template body, resolved to slots while it is compiled. */
export class Scope {
  readonly #names: string[] = ['$'];
  readonly #slots: number[];
  readonly #counter: { count: number };

  constructor(counter = { count: 0 }) {
    this.#counter = counter;
    this.#slots = [counter.count++];
  }

  /** Number of slots that the body needs. */
  get slotCount(): number {
    return this.#counter.count;
  }

  /** A scope for the body of an invoked template that is copied in here: it sees none of these variables. */
  apart(): Scope {
    return new Scope(this.#counter);
  }

  /** A new variable, visible until its mark is released. */
  declare(name: string): number {
    const slot = this.#counter.count++;
    this.#names.push(name);
    this.#slots.push(slot);
    return slot;
  }

  /**
   * The innermost visible variable of that name. Undefined when there is none: the parser lets some such
   * uses through (an assignment; the else part of the branch that declared it), and they fail when run.
   */
  slotOf(name: string): number | undefined {
    return this.#slots[this.#names.lastIndexOf(name)];
  }

  mark(): number {
    return this.#names.length;
  }

  release(mark: number): void {
    this.#names.length = mark;
    this.#slots.length = mark;
  }
}
