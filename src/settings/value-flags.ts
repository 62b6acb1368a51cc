/** The flags that make up values; the same for every command that injects. */
export interface ValueFlags {
  /** Files, the later ones over the earlier. */
  readonly valuesFile?: readonly string[] | undefined;
  /** One of the ready-made settings, below the files. */
  readonly profile?: string | undefined;
  /** Expressions such as `a.b=1,c={x,y}`. */
  readonly set?: readonly string[] | undefined;
  /** The same, all text. */
  readonly setString?: readonly string[] | undefined;
  /** `key=file`: the file's content as text. */
  readonly setFile?: readonly string[] | undefined;
}
