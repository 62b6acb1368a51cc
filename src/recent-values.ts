/** The values of a pure function for the texts it was last asked about. */
export class RecentValues<Value> {
  readonly #make: (text: string) => Value;
  readonly #most: number;
  readonly #longestText: number;
  /** In the order of their last use. */
  readonly #values = new Map<string, Value>();

  /**
   * @param make the function; what it gives is shared, so it must not be changed
   * @param bounds how many values are kept, and up to which length of their texts
   */
  constructor(
    make: (text: string) => Value,
    bounds: { readonly most: number; readonly longestText: number },
  ) {
    this.#make = make;
    this.#most = bounds.most;
    this.#longestText = bounds.longestText;
  }

  /** The value for a text, made if it is not known. What the function throws is thrown, and not kept. */
  get(text: string): Value {
    if (text.length > this.#longestText) return this.#make(text);
    const known = this.#values.get(text);
    if (known !== undefined) {
      this.#values.delete(text);
      this.#values.set(text, known);
      return known;
    }
    const made = this.#make(text);
    this.#values.set(text, made);
    if (this.#values.size > this.#most) this.#forgetOldest();
    return made;
  }

  #forgetOldest(): void {
    for (const oldest of this.#values.keys()) {
      this.#values.delete(oldest);
      return;
    }
  }
}
