import type { DiffLine } from '../../manifest/diff/unified-diff.ts';
import type { CliContext } from '../context.ts';
import type { Report } from '../documents/report.ts';
import type { ResultWriter } from '../documents/result-writer.ts';
import type { DiffOptions } from './diff-options.ts';

/** What finding differences goes by, and where they go. */
export interface DiffJob {
  readonly options: DiffOptions;
  readonly context: CliContext;
  /** For what is to be said beside them. */
  readonly report: Report;
  /** For differences between texts. */
  readonly print: (line: DiffLine) => void;
  /** For rewritten documents, in the format that was asked for; {@link noteChange} is done. */
  readonly writer: ResultWriter;
  /** Has to be called when there is any difference. */
  readonly noteChange: () => void;
}
