import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { OutriggerError } from '../../errors.ts';
import type { CliContext } from '../context.ts';
import { examples } from '../examples.ts';
import { samplePod } from '../sample-pod.ts';
import { postReview } from '../try/post-review.ts';
import { dataOf, summaryOf } from '../try/print-verdict.ts';
import { readAnswer } from '../try/read-answer.ts';
import { readPod } from '../try/read-pod.ts';
import type { TryOptions } from '../try/try-options.ts';

/** `outrigger try`: sends a pod to a running webhook, as the API server would, and prints what becomes of it. */
export function define(command: Command, context: CliContext): void {
  command
    .description(
      'Send a pod to a running webhook, as the API server would, and print the pod that comes of it. ' +
        'Nothing is deployed.',
    )
    .option('--url <url>', 'where the webhook is', 'https://localhost:15017/inject')
    .option('-f, --filename <file>', 'a pod to send instead of the sample; - is stdin')
    .option('-n, --namespace <name>', 'namespace of the request', 'default')
    .option('--ca-file <file>', "certificate authority of the webhook; localhost's is not checked")
    .addOption(
      new Option('-o, --output <format>', 'what to print')
        .choices(['yaml', 'json', 'patch', 'review'])
        .default('yaml'),
    )
    .addHelpText(
      'after',
      examples([
        ['outrigger try', 'see what the webhook on this machine does to a sample pod'],
        ['outrigger try -f pod.yaml -o patch', 'see the patch that a pod of yours gets'],
      ]),
    )
    .action((options: TryOptions) => tryWebhook(options, context));
}

async function tryWebhook(options: TryOptions, context: CliContext): Promise<void> {
  const url = parseUrl(options.url);
  const pod = options.filename === undefined ? samplePod : await readPod(options.filename, context);
  const authority = options.caFile === undefined ? undefined : await readAuthority(options.caFile);
  const review = {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request: {
      uid: randomUUID(),
      kind: { group: '', version: 'v1', kind: 'Pod' },
      resource: { group: '', version: 'v1', resource: 'pods' },
      namespace: options.namespace,
      operation: 'CREATE',
      dryRun: true,
      object: pod,
    },
  };
  const start = performance.now();
  const verdict = readAnswer(await postReview(url, JSON.stringify(review), authority));
  const took = performance.now() - start;
  if (options.output === 'review') context.stdout.write(dataOf(verdict, pod, 'review'));
  if (!verdict.allowed) {
    throw new OutriggerError(
      'OUTRIGGER_REVIEW',
      `the webhook refuses the pod: ${verdict.message ?? 'it does not say why'}`,
    );
  }
  if (options.output !== 'review') context.stdout.write(dataOf(verdict, pod, options.output));
  context.stderr.write(summaryOf(verdict, took));
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && (url.protocol === 'https:' || url.protocol === 'http:')) return url;
  throw new OutriggerError('OUTRIGGER_USAGE', `invalid argument "${text}" for flag --url`, {
    hint: 'It must look like https://localhost:15017/inject.',
  });
}

async function readAuthority(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new OutriggerError('OUTRIGGER_FILE', detail, { place: { file }, cause });
  }
}
