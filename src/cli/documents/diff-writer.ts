import { type DiffLine, UnifiedDiff } from '../../manifest/diff/unified-diff.ts';
import type { ResultWriter } from './result-writer.ts';

/** A writer that prints what changes in the text of each file, as `diff -u` does. */
export function diffWriter(write: (line: DiffLine) => void): ResultWriter {
  let diff: UnifiedDiff | undefined;
  return {
    startFile(name) {
      diff?.end();
      // Both names are the same: such a patch can be applied where the file is.
      diff = new UnifiedDiff([name, name], write);
    },
    document({ text, separator }, { change }) {
      diff?.add(text, change?.edits ?? []);
      if (separator !== '') diff?.add(separator, []);
    },
    end() {
      diff?.end();
      diff = undefined;
    },
  };
}
