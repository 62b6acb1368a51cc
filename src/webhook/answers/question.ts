/** What an answer depends on, as text. Exports: {@link questionOf}, {@link Question}. */

/** A question to be looked for among those that were answered. */
export interface Question {
  /** The whole text that the answer depends on: what is equal in this has the same answer. */
  readonly text: string;
  /** Equal for equal texts; now and then for others, too. */
  readonly hash: number;
}

/**
 * So many characters of a text go into its hash; all would take longer than everything else about looking it up. The
 * pods of two versions of a workload still differ in them: that they do stands in several places, ten characters long.
 */
const sampled = 512;

/** Makes a question of a text. */
export function questionOf(text: string): Question {
  const { length } = text;
  const step = Math.max(1, Math.floor(length / sampled));
  let hash = length;
  for (let at = length % step; at < length; at += step) {
    hash = (Math.imul(hash, 31) + text.charCodeAt(at)) >>> 0;
  }
  return { text, hash };
}
