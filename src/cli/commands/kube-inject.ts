import { type Command, Option } from 'commander';
import type { CliContext } from '../context.ts';
import {
  addAdmissionOptions,
  addClusterSourceOptions,
  addInjectionOptions,
  filenameOption,
  namespaceOption,
  podSecurityOption,
  recursiveOption,
} from '../documents/injection-options.ts';
import { addOutputOptions } from '../documents/output-flags.ts';
import { examples } from '../examples.ts';
import type { KubeInjectOptions } from '../kube-inject/kube-inject-options.ts';
import { runKubeInject } from '../kube-inject/run-kube-inject.ts';

const description = [
  'Add the sidecar to the workloads in Kubernetes manifests.',
  'Only what injection adds differs in the result: comments, order, quotes and all other lines stay as they ' +
    'are, and documents that are not injected come back unchanged. JSON stays JSON. Nothing is sent anywhere, and ' +
    'only URLs that are named are fetched.',
  'Without further flags the configuration that comes with Outrigger is used, and no cluster is looked for. ' +
    '--from-cluster takes that of a cluster. Files saved with "kubectl get configmap -o yaml" can be named as they are.',
].join('\n\n');

const exampleList = [
  ['outrigger kube-inject -f app.yaml | kubectl apply -f -', 'inject a file, and deploy it'],
  ['outrigger kube-inject -f app.yaml -f db.yaml -o all.yaml', 'several files into one'],
  ['outrigger kube-inject -f app.yaml --in-place', 'change the file itself'],
  ['outrigger kube-inject -R -f deploy/ --check', 'in CI: fail when something is not injected yet'],
  [
    'outrigger kube-inject -R -f deploy/ --as-admission',
    'only what the cluster would inject, going by the Namespace objects in the files',
  ],
  [
    'outrigger kube-inject -f app.yaml \\\n      --injectConfigFile injector.yaml --meshConfigFile istio.yaml',
    'by the ConfigMaps of a cluster, out of files',
  ],
  [
    'outrigger kube-inject -f app.yaml --from-cluster',
    'by the ConfigMaps of the cluster that kubectl would talk to',
  ],
] as const;

/** `outrigger kube-inject`: the flags are those of `istioctl kube-inject`, and some of our own. */
export function define(command: Command, context: CliContext): void {
  command
    .description(description)
    .addOption(
      filenameOption('file, directory, pattern or URL, - for standard input; may be repeated'),
    )
    .addOption(recursiveOption());
  addOutputOptions(command)
    .option('--strict', 'end with 2 when a workload is left out, or there is a note about one')
    .addOption(podSecurityOption());
  addAdmissionOptions(addClusterSourceOptions(addInjectionOptions(command)))
    .addOption(namespaceOption())
    .addOption(new Option('--operatorFileName <file>').hideHelp())
    .allowExcessArguments()
    .addHelpText('after', examples(exampleList))
    .action((options: KubeInjectOptions) => runKubeInject(options, command.args, context));
  for (const flags of [...ignoredFlags, ...impersonation])
    command.addOption(new Option(flags).hideHelp());
}

/** Refused when a cluster is asked; else there is nobody to be somebody else for. */
const impersonation = ['--as <user>', '--as-uid <uid>', '--as-group <group>'];

/** Flags of `istioctl kube-inject` that make no difference here; scripts may go on passing them. */
const ignoredFlags = [
  '--webhookConfig <name>',
  '--xds-address <address>',
  '--xds-label <label>',
  '--xds-port <port>',
  '--cert-dir <directory>',
  '--authority <name>',
  '--insecure',
  '--plaintext',
  '--timeout <duration>',
  '--kubeclient-timeout <duration>',
  '--vklog <level>',
  '--log_as_json',
  '--log_caller <scopes>',
  '--log_output_level <levels>',
  '--log_rotate <file>',
  '--log_stacktrace_level <levels>',
  '--log_target <files>',
];
