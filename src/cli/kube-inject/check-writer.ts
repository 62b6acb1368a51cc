import { named } from '../../manifest/workload-errors.ts';
import type { ResultWriter } from '../documents/result-writer.ts';

/** A writer that only tells which objects would change: one line for each. */
export function checkWriter(changed: (line: string) => void): ResultWriter {
  let file = '';
  return {
    startFile(name) {
      file = name;
    },
    document({ text, line }, result) {
      if (result.text === text) return;
      const names = new Set(
        (result.object?.workloads ?? [])
          .filter((one) => one.result.outcome === 'injected' && one.result.patch.length > 0)
          .map(({ workload }) => named(workload)),
      );
      for (const name of names) changed(`${file}:${line}: ${name} would be injected`);
    },
    end() {},
  };
}
