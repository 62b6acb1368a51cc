/** Exports: {@link isPlain}. */

/**
 * Letters, digits, `_ . / @ + -`, and colons inside a word; the first character is none that starts anything
 * in YAML. Names, versions, paths, images, quantities and times look like this.
 */
const plain = /^(?:[A-Za-z0-9_/](?:[\w./@+-]|:(?=[\w/]))*)?$/;

/**
 * True for text that is one scalar wherever a template pastes it: between quotes, without them, in a block
 * or a flow collection. It may become a number or boolean, but nothing around it changes.
 */
export function isPlain(text: string): boolean {
  return plain.test(text);
}
