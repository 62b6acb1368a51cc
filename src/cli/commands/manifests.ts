import { type Command, InvalidArgumentError } from 'commander';
import { stringify } from 'yaml';
import { baseObjects } from '../../install/base-objects.ts';
import { baseSettings, type InstallationSettings } from '../../install/installation.ts';
import { installationObjects } from '../../install/installation-objects.ts';
import type { CliContext } from '../context.ts';
import { examples } from '../examples.ts';

/** `outrigger manifests`: everything that Outrigger consists of in a cluster. */
export function define(command: Command, context: CliContext): void {
  command
    .description(
      'Print the objects that make up Outrigger in a cluster, those of manifests/base. Nothing is sent anywhere.',
    )
    .option(
      '-r, --revision <name>',
      'a revision beside others: objects, selectors and webhooks have its name, and it only takes what names it',
      labelValue,
      baseSettings.revision,
    )
    .option(
      '-n, --namespace <name>',
      'namespace to install into',
      labelValue,
      baseSettings.namespace,
    )
    .option(
      '-i, --istio-namespace <name>',
      "namespace of Istio's ConfigMaps",
      labelValue,
      baseSettings.istioNamespace,
    )
    .option('--image <reference>', 'container image to run', imageReference)
    .addHelpText(
      'after',
      examples([
        ['outrigger manifests | kubectl apply -f -', 'install the default revision'],
        [
          'outrigger manifests --revision canary | kubectl apply -f -',
          'install a second one beside it, for namespaces with istio.io/rev=canary',
        ],
        ['outrigger manifests | kubectl delete -f -', 'take it away again'],
      ]),
    )
    .action((settings: InstallationSettings) => {
      const objects = installationObjects(baseObjects(), settings);
      context.stdout.write(
        objects
          .map((object) =>
            // YAML 1.1 is what kubectl reads; a text such as `yes` has to be quoted for it.
            stringify(object, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false }),
          )
          .join('---\n'),
      );
    });
}

/** Revisions and namespaces become part of names. */
function labelValue(text: string): string {
  if (/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(text)) return text;
  throw new InvalidArgumentError(
    'It must be at most 63 lower case letters, digits and dashes, and neither begin nor end with a dash.',
  );
}

function imageReference(text: string): string {
  if (/^\S+$/.test(text)) return text;
  throw new InvalidArgumentError('It must look like registry.example.com/outrigger:1.0.');
}
