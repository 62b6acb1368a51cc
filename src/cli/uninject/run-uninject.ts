import { uninjectDocument } from '../../manifest/uninject-document.ts';
import type { CliContext } from '../context.ts';
import { throwErrors } from '../documents/each-document.ts';
import { outputErrors } from '../documents/output-flags.ts';
import { type PreparedInjection, prepareInjection } from '../documents/prepare-injection.ts';
import { Report } from '../documents/report.ts';
import type { ResultWriter } from '../documents/result-writer.ts';
import { rewriteFiles } from '../documents/rewrite-files.ts';
import { writeResults } from '../documents/write-results.ts';
import type { UninjectOptions } from './uninject-options.ts';

/**
 * Takes the sidecar out of manifests. The result goes out as a whole or not at all; notes about what cannot be
 * known follow it on stderr. The network is only used for URLs among the inputs
 * and when flags ask for the configuration of a cluster.
 *
 * @throws OutriggerError or AggregateError of them
 */
export async function runUninject(options: UninjectOptions, context: CliContext): Promise<void> {
  throwErrors(outputErrors(options));
  const report = new Report();
  const injection = await prepareInjection(options, context, report);
  try {
    await writeResults(
      options,
      injection.files,
      'uninjected',
      (files, writer) => uninjectFiles(files, writer, injection, report, context),
      context,
    );
  } finally {
    injection.close();
    const text = report.text();
    if (text !== '') context.stderr.write(text);
  }
}

async function uninjectFiles(
  files: readonly string[],
  writer: ResultWriter,
  { configuration, kinds, read }: PreparedInjection,
  report: Report,
  context: CliContext,
): Promise<readonly unknown[]> {
  return rewriteFiles(files, writer, read, context, async (document, name) => {
    const result = await uninjectDocument(document, configuration, kinds);
    for (const { workload, result: one } of result.object?.workloads ?? []) {
      if (one.outcome !== 'failed') report.addNotices(one.notices, workload, name);
    }
    return result;
  });
}
