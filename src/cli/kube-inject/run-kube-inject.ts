import { offlineConfiguration } from '../../inject/config/offline-configuration.ts';
import {
  builtInKinds,
  createInjector,
  extendKinds,
  type Injector,
  type WorkloadKinds,
} from '../../inject/index.ts';
import { splitDocuments } from '../../manifest/documents/split-documents.ts';
import { injectDocument } from '../../manifest/inject-document.ts';
import { loadConfiguration } from '../configuration/load-configuration.ts';
import type { CliContext } from '../context.ts';
import { fileTarget } from '../output/file-target.ts';
import type { OutputTarget } from '../output/output-target.ts';
import { streamTarget } from '../output/stream-target.ts';
import { errorsIn, inFile } from '../several-errors.ts';
import { checkOptions } from './check-options.ts';
import { FileJoiner } from './join-files.ts';
import type { KubeInjectOptions } from './kube-inject-options.ts';
import { readInput, stdinName } from './read-input.ts';
import { Report } from './report.ts';

/** After so many errors the rest of the input is not looked at any more. */
const maxErrors = 20;

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
  const kinds = extendKinds(builtInKinds, options.podTemplate ?? []);
  const { configuration, notes } = await loadConfiguration(options, {
    nativeSidecars: nativeSidecars(options, context),
    env: context.env,
    neededTemplates: ['sidecar'],
  });
  const injector = createInjector(
    options.clusterRules ? configuration : offlineConfiguration(configuration),
    'offline',
  );
  const report = new Report();
  for (const note of notes) report.addNote(note);

  const { filename = [] } = options;
  const outputs = options.inPlace
    ? filename.map((file) => ({ files: [file], open: () => fileTarget(file) }))
    : [{ files: filename, open: () => openOutput(options.output, context) }];
  const targets: OutputTarget[] = [];
  try {
    const errors: unknown[] = [];
    for (const { files, open } of outputs) {
      const target = open();
      targets.push(target);
      await injectFiles(files, target, { injector, kinds, report, context, errors });
    }
    if (errors.length > 0) throw new AggregateError(errors);
    for (const target of targets) await target.commit();
  } finally {
    for (const target of targets) target.discard();
    const text = report.text();
    if (text !== '') context.stderr.write(text);
  }
}

interface Run {
  readonly injector: Injector;
  readonly kinds: WorkloadKinds;
  readonly report: Report;
  readonly context: CliContext;
  /** What went wrong; all of it is told at the end, so that it can be put right in one go. */
  readonly errors: unknown[];
}

async function injectFiles(
  files: readonly string[],
  target: OutputTarget,
  run: Run,
): Promise<void> {
  const joiner = new FileJoiner((text) => target.write(text));
  for (const file of files) {
    joiner.startFile();
    const name = file === '-' ? stdinName : file;
    try {
      for await (const document of splitDocuments(readInput(file, run.context.stdin))) {
        if (run.errors.length >= maxErrors) return;
        try {
          const { text, object } = await injectDocument(document, run.injector, run.kinds);
          if (object) run.report.addObject(object, name);
          joiner.add(text, document);
        } catch (error) {
          run.errors.push(...errorsIn(inFile(error, name)));
        }
      }
    } catch (error) {
      run.errors.push(inFile(error, name));
    }
  }
}

function openOutput(path: string | undefined, { stdout }: CliContext): OutputTarget {
  return path && path !== '-' ? fileTarget(path) : streamTarget(stdout);
}

/** The flag, else the variable that Istio itself reads; every supported Kubernetes has native sidecars. */
function nativeSidecars({ nativeSidecars: flag }: KubeInjectOptions, { env }: CliContext): boolean {
  return (flag ?? env.ENABLE_NATIVE_SIDECARS ?? 'true') !== 'false';
}
