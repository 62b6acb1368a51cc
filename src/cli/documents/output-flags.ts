import { type Command, Option } from 'commander';
import { OutriggerError } from '../../errors.ts';
import { filenameErrors } from './filename-errors.ts';
import { inputName, isUrl } from './input-names.ts';
import { type ResultFormat, resultFormats } from './result-writer.ts';

/** The flags that say where rewritten manifests go; the same for every command that rewrites some. */
export interface OutputFlags {
  readonly filename?: readonly string[];
  /** Write nothing; only say what would change. */
  readonly check?: boolean;
  readonly output?: string;
  readonly outputFormat?: ResultFormat;
  readonly inPlace?: boolean;
}

/** Adds the options behind {@link OutputFlags}, but for `-f`. */
export function addOutputOptions(command: Command): Command {
  return command
    .option('-o, --output <file>', 'write to this file instead of standard output')
    .addOption(
      new Option(
        '--output-format <format>',
        'what to write: the manifests, a unified diff (patch), or patches of the objects',
      )
        .choices(resultFormats)
        .default('manifest'),
    )
    .option('--in-place', 'write each result back to the file it comes from')
    .option(
      '--check',
      'write nothing, name what would change, and end with 1 if there is anything',
    );
}

/** Combinations of the flags that cannot work. As with `istioctl`, these are failures (exit code 1), not usage errors. */
export function outputErrors(flags: OutputFlags): OutriggerError[] {
  const { filename = [], output, outputFormat = 'manifest', inPlace, check } = flags;
  const refuse = (message: string) => new OutriggerError('OUTRIGGER_FILE', message);
  const errors = filenameErrors(filename);
  if (inPlace && output) errors.push(refuse('--in-place and --output exclude each other'));
  if (inPlace && filename.includes('-')) {
    errors.push(refuse('--in-place needs files, and - is standard input'));
  }
  for (const url of inPlace ? filename.filter(isUrl) : []) {
    errors.push(refuse(`--in-place needs files, and ${inputName(url)} is a URL`));
  }
  if (check && (inPlace || output)) {
    const other = inPlace ? '--in-place' : '--output';
    errors.push(refuse(`--check writes nothing, so ${other} does not go with it`));
  }
  if (inPlace && outputFormat !== 'manifest') {
    errors.push(refuse(`--in-place writes manifests, not ${outputFormat}`));
  }
  return errors;
}
