import { named } from '../../manifest/workload-errors.ts';
import type { ResultWriter } from './result-writer.ts';

/**
 * A writer that only tells which objects would change: one line for each.
 *
 * @param done what would become of them: `injected`
 */
export function checkWriter(done: string, changed: (line: string) => void): ResultWriter {
  let file = '';
  return {
    startFile(name) {
      file = name;
    },
    document({ text, line }, result) {
      if (result.text === text) return;
      const names = new Set(
        (result.object?.workloads ?? [])
          .filter((one) => one.result.patch?.length)
          .map(({ workload }) => named(workload)),
      );
      for (const name of names) changed(`${file}:${line}: ${name} would be ${done}`);
    },
    end() {},
  };
}
