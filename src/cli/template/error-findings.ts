/** Errors as findings. Exports: {@link errorFindings}, {@link attempt}. */
import { OutriggerError } from '../../errors.ts';
import { errorsIn } from '../several-errors.ts';
import type { PlacedFinding } from './report-findings.ts';

/**
 * What was thrown, as findings about a configuration. A file that cannot be read is none, and thrown on.
 */
export function errorFindings(thrown: unknown): readonly PlacedFinding[] {
  return errorsIn(thrown).map((error) => {
    if (!(error instanceof OutriggerError) || error.code === 'OUTRIGGER_FILE') throw error;
    const { file, line, column, lineText } = error.place;
    return {
      rule: 'configuration',
      severity: 'error',
      message: error.message,
      ...(file !== undefined && { file }),
      ...(line !== undefined && { line }),
      ...(column !== undefined && { column }),
      ...(lineText !== undefined && { lineText }),
    };
  });
}

/** Does something; what it throws becomes findings. */
export function attempt(
  work: () => unknown,
  blamed: (error: unknown) => unknown = (error) => error,
): readonly PlacedFinding[] {
  try {
    work();
    return [];
  } catch (error) {
    return errorFindings(blamed(error));
  }
}
