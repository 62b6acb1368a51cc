/** What the values of `-f` stand for. Exports: {@link isUrl}, {@link inputName}, {@link stdinName}. */

/** Name of standard input in messages. */
export const stdinName = '<stdin>';

/** True for what is fetched over the network; as with kubectl, no file can have such a name. */
export function isUrl(name: string): boolean {
  return /^https?:\/\//i.test(name);
}

/** The name of an input for people: never with the password that a URL may have in it. */
export function inputName(input: string): string {
  if (input === '-') return stdinName;
  return isUrl(input) ? input.replace(/^([a-z]+:\/\/)[^/?#]*@/i, '$1') : input;
}
