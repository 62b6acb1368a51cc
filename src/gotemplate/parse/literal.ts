/** The meaning of a literal, or what is wrong with it in Go's words. */
export type Literal<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string };

/** A literal that means something. */
export function meaning<T>(value: T): Literal<T> {
  return { ok: true, value };
}

/** A literal that means nothing. */
export function meaningless(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}
