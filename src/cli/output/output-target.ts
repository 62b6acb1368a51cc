/** Where the result of a command goes: all of it when the command succeeds, or nothing at all. */
export interface OutputTarget {
  /** Takes the next piece; nothing of it shows before `commit`. */
  write(text: string): void;
  /** No more is coming: of many targets, only the one that is written to keeps its file open. */
  seal(): void;
  /** Lets everything show. Throws `OUTRIGGER_FILE` when it cannot be written. */
  commit(): Promise<void>;
  /** Throws everything away; harmless after `commit`. */
  discard(): void;
}
