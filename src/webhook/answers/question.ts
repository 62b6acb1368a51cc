/** What an answer depends on, as text. Exports: {@link questionOf}, {@link fullHash}, {@link Question}. */

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
  return { text, hash: hashOf(text, Math.max(1, Math.floor(text.length / sampled))) };
}

/** A hash of all of a text: it tells pods apart that differ in nothing but a digit of their names. */
export function fullHash(text: string): number {
  return hashOf(text, 1);
}

function hashOf(text: string, step: number): number {
  const { length } = text;
  let hash = length;
  for (let at = length % step; at < length; at += step) {
    hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  }
  return hash >>> 0;
}
