import { Argument, type Command, Option } from 'commander';
import type { CliContext } from '../context.ts';
import {
  addClusterSourceOptions,
  addInjectionOptions,
  filenameOption,
  recursiveOption,
} from '../documents/injection-options.ts';
import { examples } from '../examples.ts';
import type { ExplainOptions } from '../explain/explain-options.ts';
import { runExplain } from '../explain/run-explain.ts';

const description = [
  'Tell why a pod is injected or not: every rule in the order in which it is looked at, with the object and the ' +
    'field that it saw, what would change the outcome, and mistakes noticed on the way.',
  'Objects of a cluster are named as for kubectl: pods, workloads and namespaces. Nothing is changed there. ' +
    'Manifests are named with -f; the answer is what the cluster would do, going by the Namespace objects and the ' +
    'MutatingWebhookConfigurations in them and in the file of --namespaces.',
].join('\n\n');

/** `outrigger explain`. */
export function define(command: Command, context: CliContext): void {
  command
    .description(description)
    .addArgument(
      new Argument('[object...]', 'kind/name, such as pod/web-1, deploy/web, sts/db, ns/shop'),
    )
    .addOption(
      filenameOption('file, directory, pattern or URL, - for standard input; may be repeated'),
    )
    .addOption(recursiveOption())
    .option('-n, --namespace <name>', "namespace of the objects; else the context's, or default")
    .option('--namespaces <file>', 'Namespace objects to go by, besides those in the input')
    .addOption(
      new Option('-o, --output <format>', 'what to print')
        .choices(['text', 'json', 'yaml'])
        .default('text'),
    );
  addClusterSourceOptions(addInjectionOptions(command))
    .addHelpText(
      'after',
      examples([
        ['outrigger explain pod/web-1 -n shop', 'why does this pod have (not) a sidecar?'],
        ['outrigger explain deploy/web -n shop', 'what about the pods of a workload?'],
        ['outrigger explain ns/shop', 'what becomes of pods in this namespace, by their labels?'],
        [
          'outrigger explain -f app.yaml --namespaces namespaces.yaml',
          'what would the cluster do?',
        ],
        [
          'outrigger explain deploy/web -n shop -o json | jq -r ".items[].mistakes[].code"',
          'for scripts',
        ],
      ]),
    )
    .action((words: readonly string[], options: ExplainOptions) =>
      runExplain(words, options, context),
    );
}
