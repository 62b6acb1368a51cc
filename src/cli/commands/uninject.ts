import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import {
  addClusterSourceOptions,
  addConfigurationOptions,
  filenameOption,
  podTemplateOption,
  recursiveOption,
} from '../documents/injection-options.ts';
import { addOutputOptions } from '../documents/output-flags.ts';
import { examples } from '../examples.ts';
import { runUninject } from '../uninject/run-uninject.ts';
import type { UninjectOptions } from '../uninject/uninject-options.ts';

const description = [
  'Take the sidecar out of Kubernetes manifests again, whether Outrigger or Istio put it in: what comes out is what ' +
    'went into the injection.',
  'The injected workloads tell most of it themselves. Labels and annotations that templates added are told by the ' +
    'configuration, so name the one that was used, as for kube-inject. What cannot be known is said on standard ' +
    'error. Comments, order, quotes and all other lines stay as they are, and documents without a sidecar come back ' +
    'unchanged.',
].join('\n\n');

const exampleList = [
  ['outrigger uninject -f injected.yaml > app.yaml', 'get back what was injected'],
  ['outrigger uninject -R -f deploy/ --in-place', 'clean up manifests that were injected by hand'],
  ['outrigger uninject -R -f deploy/ --check', 'in CI: fail when a manifest comes with a sidecar'],
  [
    'kubectl get deployment -o yaml | outrigger uninject -f - | kubectl apply -f -',
    'go over to injection by the webhook',
  ],
  [
    'outrigger uninject -f injected.yaml \\\n      --injectConfigFile injector.yaml --meshConfigFile istio.yaml',
    'by the ConfigMaps that it was injected with, out of files',
  ],
  ['outrigger uninject -f injected.yaml --from-cluster', 'by the ConfigMaps of a cluster'],
] as const;

/** `outrigger uninject`. */
export function define(command: Command, context: CliContext): void {
  command
    .description(description)
    .addOption(
      filenameOption('file, directory, pattern or URL, - for standard input; may be repeated'),
    )
    .addOption(recursiveOption());
  addClusterSourceOptions(addConfigurationOptions(addOutputOptions(command)))
    .addOption(podTemplateOption())
    .addHelpText('after', examples(exampleList))
    .action((options: UninjectOptions) => runUninject(options, context));
}
