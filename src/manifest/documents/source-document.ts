/** One document of a manifest, exactly as it stands there. */
export interface SourceDocument {
  /** Everything up to the separator, which may begin with a separator of its own. */
  readonly text: string;
  /** The separator line after it, with its line break; empty for the last one. */
  readonly separator: string;
  /** Counts documents that have content, from 1. */
  readonly number: number;
  /** The line of the file that the text begins on, from 1. */
  readonly line: number;
}
