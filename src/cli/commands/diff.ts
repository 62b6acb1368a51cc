import { type Command, Option } from 'commander';
import type { CliContext } from '../context.ts';
import type { DiffOptions } from '../diff/diff-options.ts';
import { runDiff } from '../diff/run-diff.ts';
import {
  addAdmissionOptions,
  addClusterSourceOptions,
  addInjectionOptions,
  filenameOption,
  namespaceOption,
  recursiveOption,
} from '../documents/injection-options.ts';
import { examples } from '../examples.ts';

const description = [
  'Show what injection would change in Kubernetes manifests, as a unified diff or as patches. Nothing is changed, ' +
    'and nothing is sent anywhere.',
  'A patch is that of the one object in the input, as "kubectl patch" takes it; with several objects, a list of ' +
    'patches with their targets, as a Kustomization takes it.',
].join('\n\n');

/** `outrigger diff`. */
export function define(command: Command, context: CliContext): void {
  command
    .description(description)
    .addOption(
      filenameOption('file, directory, pattern or URL, - for standard input; may be repeated'),
    )
    .addOption(recursiveOption())
    .addOption(
      new Option('-o, --output <format>', 'what to print')
        .choices(['diff', 'json-patch', 'merge-patch'])
        .default('diff'),
    );
  command.addOption(namespaceOption());
  addAdmissionOptions(addClusterSourceOptions(addInjectionOptions(command)))
    .addHelpText(
      'after',
      examples([
        ['outrigger diff -f app.yaml', 'see what injection would add to a manifest'],
        ['outrigger diff -f app.yaml | patch -p0', 'inject the file in place, by hand'],
        [
          'outrigger diff -f web.yaml -o json-patch > patch.json\n  kubectl patch deployment web --type json --patch-file patch.json',
          'inject an object that is deployed already',
        ],
      ]),
    )
    .action((options: DiffOptions) => runDiff(options, context));
}
