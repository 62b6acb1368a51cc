/**
 * Tokens of a YAML text: kind, place in the text, and text of scalars. A mapping key
 * only shows itself by the `:` that follows it, so every token that may turn out to be a key is preceded
 * by a slot ({@link T.SLOT}) which is then filled in place; nothing is ever inserted.
 */
export const T = {
  /** An unused slot. */
  SLOT: 0,
  KEY: 1,
  /** Two tokens in one slot: a block mapping starts here, with its first key. */
  MAPPING_AND_KEY: 2,
  VALUE: 3,
  BLOCK_SEQUENCE: 4,
  BLOCK_MAPPING: 5,
  BLOCK_END: 6,
  ENTRY: 7,
  FLOW_SEQUENCE: 8,
  FLOW_SEQUENCE_END: 9,
  FLOW_MAPPING: 10,
  FLOW_MAPPING_END: 11,
  FLOW_ENTRY: 12,
  ALIAS: 13,
  ANCHOR: 14,
  TAG: 15,
  PLAIN: 16,
  /** A scalar in quotes or in block style: always a string. */
  QUOTED: 17,
  DOCUMENT_START: 18,
  DOCUMENT_END: 19,
  /** `%YAML` or `%TAG`; the text is the whole line. */
  DIRECTIVE: 20,
  STREAM_END: 21,
  /** The scanner stopped here; the stream's `failure` says why. */
  FAILURE: 22,
} as const;

export type TokenKind = (typeof T)[keyof typeof T];

/** The set of some kinds, as a bit mask. */
export function kindSet(...kinds: readonly TokenKind[]): number {
  return kinds.reduce<number>((set, kind) => set | (1 << kind), 0);
}

/** Kept between calls; a text is scanned and parsed before the next one. */
let scratch = new Int32Array(1 << 14);
const largestKept = 1 << 20;

export class TokenStream {
  /** Kind and offset of each token, in turn. */
  private cells: Int32Array = scratch;
  private used = 0;
  /** Texts of the tokens that have one, in order. */
  readonly texts: string[] = [];
  /** Why there is a FAILURE token. Thrown only if the parser gets there: go-yaml scans as it goes. */
  failure: unknown;

  /** Number of tokens so far. */
  get length(): number {
    return this.used >> 1;
  }

  push(kind: TokenKind, offset: number): void {
    if (this.used + 2 > this.cells.length) this.grow();
    this.cells[this.used++] = kind;
    this.cells[this.used++] = offset;
  }

  pushText(kind: TokenKind, offset: number, text: string): void {
    this.push(kind, offset);
    this.texts.push(text);
  }

  kind(index: number): TokenKind {
    return this.cells[index << 1] as TokenKind;
  }

  setKind(index: number, kind: TokenKind): void {
    this.cells[index << 1] = kind;
  }

  /** Where a token starts, as an index into the text. */
  offset(index: number): number {
    return this.cells[(index << 1) + 1] ?? 0;
  }

  private grow(): void {
    const larger = new Int32Array(2 * this.cells.length);
    larger.set(this.cells);
    this.cells = larger;
    if (larger.length <= largestKept) scratch = larger;
  }
}
