import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CliContext } from '../context.ts';
import { addClusterFlags, type ClusterFlags } from '../diagnose/cluster-flags.ts';
import { examples } from '../examples.ts';

interface DoctorFlags extends ClusterFlags {
  readonly service: { readonly name: string; readonly namespace: string };
  readonly istioNamespace: string;
  readonly metricsPort: number;
  readonly trialNamespace?: string;
  readonly output?: 'json';
}

/** `outrigger doctor`: what keeps pods from being injected. */
export function define(command: Command, context: CliContext): void {
  addClusterFlags(command)
    .description(
      'Look at an installation in a cluster: webhooks, caBundle, Service and endpoints, other injectors, whether ' +
        'requests arrive, clocks and rights; and have the API server try out a pod, which creates nothing. Says what ' +
        'to do about what is wrong. Ends with 1 if something is.',
    )
    .option('--service <name.namespace>', 'Service that the API server calls', service, {
      name: 'outrigger',
      namespace: 'outrigger-system',
    })
    .option('-i, --istio-namespace <name>', 'namespace of the control plane', 'istio-system')
    .option('--metrics-port <number>', 'port of the replicas for metrics', Number, 15014)
    .option('--trial-namespace <name>', 'where to try out a pod; else the first that is injected')
    .addOption(new Option('-o, --output <format>', 'print as json').choices(['json']))
    .addHelpText(
      'after',
      examples([
        ['outrigger doctor', 'look at the installation in namespace outrigger-system'],
        ['outrigger doctor --service outrigger-canary.mesh', 'look at another one'],
      ]),
    )
    .action(async (flags: DoctorFlags) => {
      const { runDoctor } = await import('../diagnose/run-doctor.ts');
      await runDoctor(flags, context, () => new Date());
    });
}

function service(text: string): DoctorFlags['service'] {
  const [name = '', namespace = '', ...rest] = text.split('.');
  if (name !== '' && namespace !== '' && rest.length === 0) return { name, namespace };
  throw new InvalidArgumentError('It must be <name>.<namespace>.');
}
