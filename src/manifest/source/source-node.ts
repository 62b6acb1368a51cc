/**
 * A YAML or JSON text as a tree of places: what stands where, not what it means. Offsets are indices into
 * the text; an end is the index after the last character.
 */
export type SourceNode = SourceMap | SourceList | SourceScalar | SourceAlias;

interface Place {
  /** Where the node begins, with its anchor and tag. */
  readonly start: number;
  /** Where the node itself begins. */
  readonly contentStart: number;
  /**
   * Where it ends. A block scalar ends after its last line break, and a block collection where its last
   * part ends.
   */
  readonly end: number;
  readonly anchor: string | undefined;
  readonly tagged: boolean;
}

/** A mapping; `flow` is the one in braces, which is also how JSON writes it. */
export interface SourceMap extends Place {
  readonly kind: 'map';
  readonly flow: boolean;
  readonly entries: readonly SourceEntry[];
}

/** One pair of a mapping. */
export interface SourceEntry {
  /** The key as text; undefined when it is an alias or a collection. */
  readonly key: string | undefined;
  /** A plain `<<`. */
  readonly merge: boolean;
  /** Where the pair begins: at its key (with properties), or at the `?` before it. */
  readonly start: number;
  readonly keyEnd: number;
  /** After the colon; the same as `keyEnd` when there is none (`{a}`). */
  readonly colonEnd: number;
  readonly value: SourceNode;
}

/** A list; `flow` is the one in brackets. */
export interface SourceList extends Place {
  readonly kind: 'list';
  readonly flow: boolean;
  readonly items: readonly SourceItem[];
}

/** One item of a list; in block style `start` is the dash and `dashEnd` comes after it. */
export interface SourceItem {
  readonly start: number;
  readonly dashEnd: number;
  readonly value: SourceNode;
}

/** A scalar; one that is `empty` has no text, and stands right after its colon, dash or properties. */
export interface SourceScalar extends Place {
  readonly kind: 'scalar';
  readonly style: 'plain' | 'single' | 'double' | 'block' | 'empty';
}

/** `*name`, and the node it stands for. */
export interface SourceAlias extends Place {
  readonly kind: 'alias';
  readonly target: SourceNode | undefined;
}
