import { Argument, type Command, Option } from 'commander';
import type { CliContext } from '../context.ts';
import type { DiffOptions } from '../diff/diff-options.ts';
import { runDiff } from '../diff/run-diff.ts';
import {
  addAdmissionOptions,
  addClusterSourceOptions,
  addInjectionOptions,
  filenameOption,
  recursiveOption,
} from '../documents/injection-options.ts';
import { examples } from '../examples.ts';

const description = [
  'Show what injection would change, as a unified diff or as patches: in manifests (-f), or in objects of a cluster, ' +
    'named as for kubectl. Nothing is ever changed, and no cluster is asked unless something on the command line asks ' +
    'for it.',
  'With --live, show what applying the injected manifests would change in the cluster, as kubectl diff does: every ' +
    'object of the input is compared with the one that is live now, also those that injection does not concern. The ' +
    'API server works it out in a dry run of a server-side apply that takes over all fields; what the ' +
    'manifest does not name stays as it is. The data of Secrets is not shown.',
  'A patch is that of the one object in the input, as "kubectl patch" takes it; with several objects, a list of ' +
    'patches with their targets, as a Kustomization takes it.',
].join('\n\n');

/** `outrigger diff`. */
export function define(command: Command, context: CliContext): void {
  command
    .description(description)
    .addArgument(
      new Argument(
        '[object...]',
        'kind/name of the cluster, such as deploy/web, sts/db, pod/web-1',
      ),
    )
    .addOption(
      filenameOption('file, directory, pattern or URL, - for standard input; may be repeated'),
    )
    .addOption(recursiveOption())
    .addOption(
      new Option('-o, --output <format>', 'what to print')
        .choices(['diff', 'json-patch', 'merge-patch'])
        .default('diff'),
    )
    .option(
      '--live',
      'compare the injected manifests with what is in the cluster; implies --from-cluster',
    )
    .option(
      '--field-manager <name>',
      'with --live: who applies; as "kubectl", fields that go from its manifests are seen to go',
      'outrigger',
    )
    .option(
      '-n, --namespace <name>',
      "namespace of the objects, and of those in files that name none; in a cluster, the context's when absent",
    );
  addAdmissionOptions(addClusterSourceOptions(addInjectionOptions(command)))
    .addHelpText(
      'after',
      examples([
        ['outrigger diff -f app.yaml', 'see what injection would add to a manifest'],
        ['outrigger diff -f app.yaml | patch -p0', 'inject the file in place, by hand'],
        ['outrigger diff deploy/web -n shop', 'see what injection would add to a live object'],
        [
          'outrigger diff deploy/web -o json-patch > patch.json\n  kubectl patch deployment web --type json --patch-file patch.json',
          'inject an object that is deployed already',
        ],
        [
          'outrigger diff -f app.yaml --live',
          'see what "outrigger kube-inject -f app.yaml --from-cluster | kubectl apply -f -" would change',
        ],
      ]),
    )
    .action((words: readonly string[], options: DiffOptions) => runDiff(words, options, context));
}
