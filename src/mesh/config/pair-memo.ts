/**
 * Results of a pure function of two objects, kept as long as both live. Mesh configs and readings of
 * annotations are shared by many pods, so that a pod mostly finds its result made.
 */
export class PairMemo<A extends object, B extends object, V extends object> {
  readonly #make: (a: A, b: B) => V;
  readonly #results = new WeakMap<A, WeakMap<B, V>>();

  constructor(make: (a: A, b: B) => V) {
    this.#make = make;
  }

  get(a: A, b: B): V {
    let ofA = this.#results.get(a);
    if (ofA === undefined) {
      ofA = new WeakMap();
      this.#results.set(a, ofA);
    }
    let result = ofA.get(b);
    if (result === undefined) {
      result = this.#make(a, b);
      ofA.set(b, result);
    }
    return result;
  }
}
