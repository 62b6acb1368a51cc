import { injectDocument } from '../../manifest/inject-document.ts';
import type { CliContext } from '../context.ts';
import { type DocumentVisitor, eachDocument, throwErrors } from '../documents/each-document.ts';
import { podSecurityNotes } from '../documents/pod-security-notes.ts';
import { type PreparedInjection, prepareInjection } from '../documents/prepare-injection.ts';
import { Report } from '../documents/report.ts';
import { type ResultWriter, resultWriter } from '../documents/result-writer.ts';
import { differs } from '../exit-codes.ts';
import { fileTarget } from '../output/file-target.ts';
import type { OutputTarget } from '../output/output-target.ts';
import { streamTarget } from '../output/stream-target.ts';
import { checkOptions } from './check-options.ts';
import type { KubeInjectOptions } from './kube-inject-options.ts';

/**
 * Injects the sidecar into manifests. The result goes out as a whole or not at all; warnings follow it on
 * stderr, and come before the errors when there are some. The network is only used for URLs among the inputs.
 *
 * @throws OutriggerError or AggregateError of them
 */
export async function runKubeInject(
  options: KubeInjectOptions,
  context: CliContext,
): Promise<void> {
  checkOptions(options);
  const report = new Report(await podSecurityNotes(options.podSecurity));
  const injection = await prepareInjection(options, context, report);
  try {
    if (options.check) await checkFiles(injection, report, context);
    else await writeFiles(options, injection, report, context);
  } finally {
    injection.close();
    const text = report.text();
    if (text !== '') context.stderr.write(text);
  }
}

/** Names what would change, and sets the exit code when there is anything. */
async function checkFiles(
  injection: PreparedInjection,
  report: Report,
  context: CliContext,
): Promise<void> {
  const { checkWriter } = await import('./check-writer.ts');
  const writer = checkWriter((line) => {
    context.stderr.write(`${line}\n`);
    context.exitCode = differs;
  });
  throwErrors(await injectFiles(injection.files, writer, injection, report, context));
}

async function writeFiles(
  options: KubeInjectOptions,
  injection: PreparedInjection,
  report: Report,
  context: CliContext,
): Promise<void> {
  const { outputFormat = 'manifest' } = options;
  const outputs = options.inPlace
    ? injection.files.map((file) => ({ files: [file], open: () => fileTarget(file) }))
    : [{ files: injection.files, open: () => openOutput(options.output, context) }];
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
  const visitor: DocumentVisitor = {
    startFile: (name) => writer.startFile(name),
    async document(document, name) {
      const result = await injectDocument(document, injector, kinds);
      if (result.object) report.addResult(result, name);
      writer.document(document, result);
    },
  };
  const errors = await eachDocument(files, context, visitor, read);
  writer.end();
  return errors;
}

function openOutput(path: string | undefined, { stdout }: CliContext): OutputTarget {
  return path && path !== '-' ? fileTarget(path) : streamTarget(stdout);
}
