import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseAddress } from '../certs/parse-address.ts';
import type { CliContext } from '../context.ts';
import { addClusterFlags } from '../diagnose/cluster-flags.ts';
import type { DoctorFlags } from '../diagnose/run-doctor.ts';
import { examples } from '../examples.ts';
import { portNumber } from '../port-number.ts';

/** `outrigger doctor`: what keeps pods from being injected. */
export function define(command: Command, context: CliContext): void {
  addClusterFlags(command)
    .description(
      'Look at an installation in a cluster: webhooks, caBundle and the certificate that is served, Service and ' +
        'endpoints, other injectors, whether requests arrive, clocks and rights; and have the API server try out a ' +
        'pod, which creates nothing. Says what to do about what is wrong. Ends with 1 if something is.',
    )
    .option('--service <name.namespace>', 'Service that the API server calls', service, {
      name: 'outrigger',
      namespace: 'outrigger-system',
    })
    .option('-i, --istio-namespace <name>', 'namespace of the control plane', 'istio-system')
    .option('--metrics-port <number>', 'port of the replicas for metrics', portNumber, 15014)
    .option(
      '--connect <host:port>',
      'where to look at the certificate that the webhook serves; else at its Service and endpoints',
      address,
    )
    .option('--trial-namespace <name>', 'where to try out a pod; else the first that is injected')
    .addOption(new Option('-o, --output <format>', 'print as json').choices(['json']))
    .addHelpText(
      'after',
      examples([
        ['outrigger doctor', 'look at the installation in namespace outrigger-system'],
        [
          'outrigger doctor --connect localhost:8443',
          'look at the certificate through kubectl port-forward -n outrigger-system service/outrigger 8443:443',
        ],
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

function address(text: string): { readonly host: string; readonly port: number } {
  const parsed = parseAddress(text);
  if (parsed !== undefined) return parsed;
  throw new InvalidArgumentError('It must be <host>:<port>.');
}
