/** Variables of a template body, resolved to slots while it is compiled. */
export class Scope {
  readonly #names: string[] = ['$'];
  readonly #slots: number[] = [0];
  #count = 1;

  /** Number of slots that the body needs. */
  get slotCount(): number {
    return this.#count;
  }

  /** A new variable, visible until its mark is released. */
  declare(name: string): number {
    const slot = this.#count++;
    this.#names.push(name);
    this.#slots.push(slot);
    return slot;
  }

  /** The innermost visible variable of that name. The parser has checked that there is one. */
  slotOf(name: string): number {
    const at = this.#names.lastIndexOf(name);
    return this.#slots[at] ?? 0;
  }

  mark(): number {
    return this.#names.length;
  }

  release(mark: number): void {
    this.#names.length = mark;
    this.#slots.length = mark;
  }
}
