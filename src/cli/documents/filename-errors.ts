import { OutriggerError } from '../../errors.ts';

/** What to do where objects of a cluster could be named instead of files. */
export const nameSomething =
  'Name an object of the cluster, such as deploy/web, or a manifest with -f app.yaml; -f - is standard input.';

/**
 * What is wrong with the values of `-f`. As with `istioctl`, these are failures (exit code 1), not usage errors.
 *
 * @param hint what to do without any
 */
export function filenameErrors(
  filename: readonly string[],
  hint = 'Name a manifest with -f app.yaml, or read standard input with -f -.',
): OutriggerError[] {
  const errors: OutriggerError[] = [];
  if (filename.length === 0 || filename.includes('')) {
    errors.push(
      new OutriggerError('OUTRIGGER_FILE', 'filename not specified (see --filename or -f)', {
        hint,
      }),
    );
  }
  if (filename.filter((name) => name === '-').length > 1) {
    errors.push(
      new OutriggerError('OUTRIGGER_FILE', 'standard input (-f -) can only be read once'),
    );
  }
  return errors;
}
