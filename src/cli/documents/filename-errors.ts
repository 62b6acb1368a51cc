import { OutriggerError } from '../../errors.ts';

/** What is wrong with the values of `-f`. As with `istioctl`, these are failures (exit code 1), not usage errors. */
export function filenameErrors(filename: readonly string[]): OutriggerError[] {
  const errors: OutriggerError[] = [];
  if (filename.length === 0 || filename.includes('')) {
    errors.push(
      new OutriggerError('OUTRIGGER_FILE', 'filename not specified (see --filename or -f)', {
        hint: 'Name a manifest with -f app.yaml, or read standard input with -f -.',
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
