/** What the scopes of one compilation share: how many slots there are, and which of them are read. */
interface Slots {
  count: number;
  readonly read: Set<number>;
}

/** Variables of a template body, resolved to slots while it is compiled. */
export class Scope {
  readonly #names: string[] = ['$'];
  readonly #slots: number[];
  readonly #shared: Slots;
  /** Something in the body reads the dot that the body was entered with when the template runs. */
  readsDot = false;

  constructor(shared: Slots = { count: 0, read: new Set() }) {
    this.#shared = shared;
    this.#slots = [shared.count++];
  }

  /** Number of slots that the body needs. */
  get slotCount(): number {
    return this.#shared.count;
  }

  /** A scope for the body of an invoked template that is copied in here: it sees none of these variables. */
  apart(): Scope {
    return new Scope(this.#shared);
  }

  /** A new variable, visible until its mark is released. */
  declare(name: string): number {
    const slot = this.#shared.count++;
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

  /** Compiles something in which the dot is another one, and tells whether that is read when the template runs. */
  withOtherDot<Result>(compile: () => Result): {
    readonly result: Result;
    readonly isRead: boolean;
  } {
    const { readsDot } = this;
    this.readsDot = false;
    const result = compile();
    const isRead = this.readsDot;
    this.readsDot = readsDot;
    return { result, isRead };
  }

  /** Takes note that a variable is read when the template runs. */
  noteRead(slot: number): void {
    this.#shared.read.add(slot);
  }

  /** True for a variable that something compiled so far reads when the template runs. */
  isRead(slot: number): boolean {
    return this.#shared.read.has(slot);
  }

  mark(): number {
    return this.#names.length;
  }

  release(mark: number): void {
    this.#names.length = mark;
    this.#slots.length = mark;
  }
}
