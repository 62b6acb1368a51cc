/**
 * The values of a pure function for the texts it was last asked about.
 *
 * They are in two generations: one that is asked for goes to the younger, and when that is full, the older is
 * forgotten. To keep them in the order of their last use would take longer than many a function.
 */
export class RecentValues<Value> {
  readonly #make: (text: string) => Value;
  readonly #most: number;
  readonly #longestText: number;
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();

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
    const young = this.#young.get(text);
    if (young !== undefined) return young;
    const value = this.#old.get(text) ?? this.#make(text);
    if (this.#young.size >= this.#most / 2) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(text, value);
    return value;
  }
}
