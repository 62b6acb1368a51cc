import { OutriggerError } from '../../errors.ts';
import type { DiffLine } from '../../manifest/diff/unified-diff.ts';
import type { CliContext } from '../context.ts';
import { diffWriter } from '../documents/diff-writer.ts';
import { throwErrors } from '../documents/each-document.ts';
import { filenameErrors, nameSomething } from '../documents/filename-errors.ts';
import { patchWriter } from '../documents/patch-writer.ts';
import { prepareInjection } from '../documents/prepare-injection.ts';
import { Report } from '../documents/report.ts';
import { noticing } from '../documents/result-writer.ts';
import { differs as differsCode } from '../exit-codes.ts';
import { injectFiles } from '../kube-inject/run-kube-inject.ts';
import { streamTarget } from '../output/stream-target.ts';
import type { DiffJob } from './diff-job.ts';
import type { DiffOptions } from './diff-options.ts';
import { paintDiff } from './paint-diff.ts';

/**
 * Prints what injection would change in manifests or in objects of a cluster, or what applying the injected manifests
 * would change there, and ends with 1 when that is anything.
 *
 * @param words objects of a cluster
 * @throws OutriggerError or AggregateError of them; nothing is printed then
 */
export async function runDiff(
  words: readonly string[],
  options: DiffOptions,
  context: CliContext,
): Promise<void> {
  checkUsage(words, options);
  const { output = 'diff' } = options;
  const { stdoutColour = false } = context;
  const report = new Report();
  const target = streamTarget(context.stdout);
  let differs = false;
  const noteChange = (): void => {
    differs = true;
  };
  const print = (line: DiffLine) => target.write(stdoutColour ? paintDiff(line) : line.text);
  const writer = output === 'diff' ? diffWriter(print) : patchWriter(output, target.write);
  const job = { options, context, report, print, writer: noticing(writer, noteChange), noteChange };
  try {
    throwErrors(await findDifferences(words, job));
    await target.commit();
    if (differs) context.exitCode = differsCode;
  } finally {
    target.discard();
    const text = report.text();
    if (text !== '') context.stderr.write(text);
  }
}

function checkUsage(words: readonly string[], { filename, live, output }: DiffOptions): void {
  const refuse = (message: string, hint: string) => {
    throw new OutriggerError('OUTRIGGER_USAGE', message, { hint });
  };
  if (words.length === 0) throwErrors(filenameErrors(filename ?? [], nameSomething));
  else if (filename !== undefined) {
    refuse(
      'name either objects or files, not both',
      'To compare files with the cluster: outrigger diff -f FILE --live',
    );
  } else if (live) {
    refuse('--live goes with -f', 'Objects that are named are those of the cluster anyway.');
  }
  if (live && output !== undefined && output !== 'diff') {
    refuse(
      `--live cannot give a ${output}`,
      'What applying changes is up to the API server. For the patch that injects a live object, name the object ' +
        'instead, such as deploy/web.',
    );
  }
}

/** Gives back what went wrong. With what it takes to talk to a cluster only when one is asked. */
async function findDifferences(
  words: readonly string[],
  job: DiffJob,
): Promise<readonly unknown[]> {
  if (words.length > 0) return (await import('./diff-targets.ts')).diffTargets(words, job);
  if (job.options.live) return (await import('./diff-live.ts')).diffLive(job);
  const { options, context, report, writer } = job;
  const injection = await prepareInjection(options, context, report);
  try {
    return await injectFiles(injection.files, writer, injection, report, context);
  } finally {
    injection.close();
  }
}
