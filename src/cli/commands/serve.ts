import { type Command, InvalidArgumentError, Option } from 'commander';
import { logFormats, logLevels } from '../../log/logger.ts';
import { addValueAndTrustOptions } from '../configuration/value-options.ts';
import type { CliContext } from '../context.ts';
import { duration } from '../duration.ts';
import { examples } from '../examples.ts';
import { portNumber } from '../port-number.ts';
import { addCertificateFlags } from '../serve/certificate-flags.ts';
import { runServer } from '../serve/run-server.ts';
import type { ServeOptions } from '../serve/serve-options.ts';

/** `outrigger serve`: the admission webhook. */
export function define(command: Command, context: CliContext): void {
  addValueAndTrustOptions(command)
    .description(
      'Run the admission webhook over HTTPS: it answers AdmissionReviews of pods at /inject. In a pod it goes by ' +
        "the cluster's ConfigMaps, elsewhere by the configuration that comes with Outrigger, unless flags say " +
        'otherwise. Changes count at once.',
    )
    .option(
      '--injectConfigFile <file>',
      'injector configuration, as in ConfigMap istio-sidecar-injector',
    )
    .option('--meshConfigFile <file>', 'mesh configuration, as in ConfigMap istio')
    .option('--kubeconfig <file>', 'use the cluster of this kubeconfig, as kubectl does')
    .option('--context <name>', 'context of the kubeconfig')
    .option(
      '-i, --istioNamespace <name>',
      'namespace of the control plane, where the ConfigMaps are',
      'istio-system',
    )
    .option(
      '--injectConfigMapName <name>',
      'ConfigMap with the injector configuration and the values; else istio-sidecar-injector, or with -<revision>',
    )
    .option(
      '--meshConfigMapName <name>',
      'ConfigMap with the mesh configuration; else istio, or with -<revision>',
    )
    .option(
      '--namespaces <file>',
      "decide by these Namespace objects' labels; else by the cluster's, without a cluster not at all",
    )
    .option('-r, --revision <name>', 'revision of this injector; else $REVISION')
    .addOption(
      new Option(
        '--native-sidecars <when>',
        'proxies as native sidecars; else $ENABLE_NATIVE_SIDECARS, else auto: where all nodes can, without a cluster yes',
      ).choices(['true', 'false', 'auto']),
    )
    .option('--host <address>', 'address to listen on; all of them when absent')
    .option('--port <number>', 'port to listen on; 0 takes any that is free', portNumber, 15017)
    .option(
      '--metrics-port <number>',
      'port for metrics and health over plain HTTP, 15014 when absent; 0 for none',
      portNumber,
    )
    .option(
      '--answer-cache <MiB>',
      'memory for answers that replicas of one workload share, 16 when absent; 0 works out every answer',
      mebibytes,
    )
    .option(
      '--stamp-configuration',
      'write on every pod which configuration it was injected with, for outrigger audit; Istio does not',
    )
    .option('--no-events', 'write no Kubernetes Events about pods and configurations')
    .option(
      '--shutdown-delay <duration>',
      'how long to go on after a signal to stop, no longer ready; in a pod 5s, else 0',
      duration,
    )
    .option('--grace <duration>', 'how long requests under way get then; 10s when absent', duration)
    .addOption(
      new Option('--log-level <level>', 'the least that is logged')
        .choices(logLevels)
        .default('info'),
    )
    .addOption(
      new Option('--log-format <format>', 'auto is pretty on a terminal, else json')
        .choices(logFormats)
        .default('auto'),
    );
  addCertificateFlags(command);
  command
    .addHelpText(
      'after',
      examples([
        ['outrigger serve', 'run the webhook on this machine, for trying it out'],
        [
          'outrigger serve --injectConfigFile config --valuesFile values --meshConfigFile mesh',
          "run it with Istio's own configuration",
        ],
        ['outrigger serve --context kind-kind', 'run it by the configuration of a cluster'],
      ]),
    )
    .action((options: ServeOptions) => runServer(options, context));
}

function mebibytes(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number of MiB, at most 9999.');
}
