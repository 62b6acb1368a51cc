/** The variables that the parser knows at a place of one template body. */
export class VariableScope {
  readonly #names: string[] = [];
  readonly #counts = new Map<string, number>();

  constructor() {
    this.declare('$');
  }

  declare(name: string): void {
    this.#names.push(name);
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  has(name: string): boolean {
    return (this.#counts.get(name) ?? 0) > 0;
  }

  /** How many declarations there were; give it to {@link forgetSince} to undo the later ones. */
  mark(): number {
    return this.#names.length;
  }

  forgetSince(mark: number): void {
    while (this.#names.length > mark) {
      const name = this.#names.pop();
      if (name !== undefined) this.#counts.set(name, (this.#counts.get(name) ?? 0) - 1);
    }
  }
}
