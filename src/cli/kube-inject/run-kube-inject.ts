import { injectDocument } from '../../manifest/inject-document.ts';
import type { CliContext } from '../context.ts';
import { eachDocument, throwErrors } from '../documents/each-document.ts';
import { type Injection, loadInjection } from '../documents/load-injection.ts';
import { podSecurityNotes } from '../documents/pod-security-notes.ts';
import { Report } from '../documents/report.ts';
import { type ResultWriter, resultWriter } from '../documents/result-writer.ts';
import { fileTarget } from '../output/file-target.ts';
import type { OutputTarget } from '../output/output-target.ts';
import { streamTarget } from '../output/stream-target.ts';
import { checkOptions } from './check-options.ts';
import type { KubeInjectOptions } from './kube-inject-options.ts';

/**
 * Injects the sidecar into manifests. The result goes out as a whole or not at all; warnings follow it on
 * stderr, and come before the errors when there are some. Never uses the network.
 *
 * @throws OutriggerError or AggregateError of them
 */
export async function runKubeInject(
  options: KubeInjectOptions,
  context: CliContext,
): Promise<void> {
  checkOptions(options);
  const injection = await loadInjection(options, context);
  const report = new Report(await podSecurityNotes(options.podSecurity));
  for (const note of injection.notes) report.addNote(note);

  const { filename = [], outputFormat = 'manifest' } = options;
  const outputs = options.inPlace
    ? filename.map((file) => ({ files: [file], open: () => fileTarget(file) }))
    : [{ files: filename, open: () => openOutput(options.output, context) }];
  const targets: OutputTarget[] = [];
  try {
    const errors: unknown[] = [];
    for (const { files, open } of outputs) {
      const target = open();
      targets.push(target);
      const writer = await resultWriter(outputFormat, (text) => target.write(text));
      errors.push(...(await injectFiles(files, writer, injection, report, context)));
    }
    throwErrors(errors);
    for (const target of targets) await target.commit();
  } finally {
    for (const target of targets) target.discard();
    const text = report.text();
    if (text !== '') context.stderr.write(text);
  }
}

/** Injects what is in files and hands the results to a writer. Returns what went wrong. */
export async function injectFiles(
  files: readonly string[],
  writer: ResultWriter,
  { injector, kinds }: Injection,
  report: Report,
  context: CliContext,
): Promise<readonly unknown[]> {
  const errors = await eachDocument(files, context, {
    startFile: (name) => writer.startFile(name),
    async document(document, name) {
      const result = await injectDocument(document, injector, kinds);
      if (result.object) report.addResult(result, name);
      writer.document(document, result);
    },
  });
  writer.end();
  return errors;
}

function openOutput(path: string | undefined, { stdout }: CliContext): OutputTarget {
  return path && path !== '-' ? fileTarget(path) : streamTarget(stdout);
}
