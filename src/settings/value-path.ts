/** Places in values, as people write them. Exports: {@link ValuePath}, {@link pathText}. */

/** Names of members and indexes of lists, from the root. */
export type ValuePath = readonly (string | number)[];

/** `global.proxy.resources`, `a[0].b`; a dot within a name is escaped, as in `--set`. */
export function pathText(path: ValuePath): string {
  return path
    .map((part, at) => {
      if (typeof part === 'number') return `[${part}]`;
      return `${at === 0 ? '' : '.'}${part.replaceAll('.', '\\.')}`;
    })
    .join('');
}
