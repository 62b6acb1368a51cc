import type { CliContext } from '../context.ts';
import { diffWriter } from '../documents/diff-writer.ts';
import { throwErrors } from '../documents/each-document.ts';
import { filenameErrors } from '../documents/filename-errors.ts';
import { patchWriter } from '../documents/patch-writer.ts';
import { prepareInjection } from '../documents/prepare-injection.ts';
import { Report } from '../documents/report.ts';
import { noticing, type ResultWriter } from '../documents/result-writer.ts';
import { differs as differsCode } from '../exit-codes.ts';
import { injectFiles } from '../kube-inject/run-kube-inject.ts';
import { streamTarget } from '../output/stream-target.ts';
import type { DiffOptions } from './diff-options.ts';
import { paintDiff } from './paint-diff.ts';

/**
 * Prints what injection would change in manifests, and ends with 1 when that is anything.
 *
 * @throws OutriggerError or AggregateError of them; nothing is printed then
 */
export async function runDiff(options: DiffOptions, context: CliContext): Promise<void> {
  const { filename = [] } = options;
  throwErrors(filenameErrors(filename));
  const report = new Report();
  const injection = await prepareInjection(options, context, report);
  const target = streamTarget(context.stdout);
  let differs = false;
  try {
    const writer = noticing(writerFor(options, context, target.write), () => {
      differs = true;
    });
    throwErrors(await injectFiles(injection.files, writer, injection, report, context));
    await target.commit();
    if (differs) context.exitCode = differsCode;
  } finally {
    target.discard();
    injection.close();
    const text = report.text();
    if (text !== '') context.stderr.write(text);
  }
}

function writerFor(
  { output = 'diff' }: DiffOptions,
  { stdoutColour = false }: CliContext,
  write: (text: string) => void,
): ResultWriter {
  if (output !== 'diff') return patchWriter(output, write);
  return diffWriter((line) => write(stdoutColour ? paintDiff(line) : line.text));
}
