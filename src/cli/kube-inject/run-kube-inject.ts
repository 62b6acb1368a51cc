import { injectDocument } from '../../manifest/inject-document.ts';
import type { CliContext } from '../context.ts';
import { podSecurityNotes } from '../documents/pod-security-notes.ts';
import { type PreparedInjection, prepareInjection } from '../documents/prepare-injection.ts';
import { Report } from '../documents/report.ts';
import type { ResultWriter } from '../documents/result-writer.ts';
import { rewriteFiles } from '../documents/rewrite-files.ts';
import { writeResults } from '../documents/write-results.ts';
import { somethingToLookAt } from '../exit-codes.ts';
import { checkOptions } from './check-options.ts';
import type { KubeInjectOptions } from './kube-inject-options.ts';

/**
 * Injects the sidecar into manifests. The result goes out as a whole or not at all; warnings follow it on
 * stderr, and come before the errors when there are some. The network is only used for URLs among the inputs.
 *
 * @param strays arguments that belong to no flag; `istioctl` ignores them without a word
 * @throws OutriggerError or AggregateError of them
 */
export async function runKubeInject(
  options: KubeInjectOptions,
  strays: readonly string[],
  context: CliContext,
): Promise<void> {
  checkOptions(options);
  const report = new Report(await podSecurityNotes(options.podSecurity));
  // What a shell makes of `-f *.yaml`.
  for (const stray of strays)
    report.addNote(`${stray} was not read: every file needs a -f of its own`);
  const injection = await prepareInjection(options, context, report);
  try {
    await writeResults(
      options,
      injection.files,
      'injected',
      (files, writer) => injectFiles(files, writer, injection, report, context),
      context,
    );
    if (options.strict && report.findings > 0 && context.exitCode === 0) {
      context.exitCode = somethingToLookAt;
    }
  } finally {
    injection.close();
    const text = report.text();
    if (text !== '') context.stderr.write(text);
  }
}

/** Injects what is in files and hands the results to a writer. Returns what went wrong. */
export async function injectFiles(
  files: readonly string[],
  writer: ResultWriter,
  { injector, kinds, read }: PreparedInjection,
  report: Report,
  context: CliContext,
): Promise<readonly unknown[]> {
  return rewriteFiles(files, writer, read, context, async (document, name) => {
    const result = await injectDocument(document, injector, kinds);
    if (result.object) report.addResult(result, name);
    return result;
  });
}
