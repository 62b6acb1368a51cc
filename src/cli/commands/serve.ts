import { type Command, InvalidArgumentError, Option } from 'commander';
import { logFormats, logLevels } from '../../log/logger.ts';
import type { CliContext } from '../context.ts';
import { examples } from '../examples.ts';
import { loadInjector } from '../serve/load-injector.ts';
import { runServer } from '../serve/run-server.ts';
import type { ServeOptions } from '../serve/serve-options.ts';

/** `outrigger serve`: the admission webhook. */
export function define(command: Command, context: CliContext): void {
  command
    .description(
      'Run the admission webhook over HTTPS: it answers AdmissionReviews of pods at /inject. Without flags it ' +
        'uses the configuration that comes with Outrigger and a self-signed certificate.',
    )
    .option(
      '--injectConfigFile <file>',
      'injector configuration, as in ConfigMap istio-sidecar-injector',
    )
    .option('--meshConfigFile <file>', 'mesh configuration, as in ConfigMap istio')
    .option('--valuesFile <file>', 'values, as in ConfigMap istio-sidecar-injector')
    .option('-r, --revision <name>', 'revision of this injector; else $REVISION')
    .addOption(
      new Option(
        '--native-sidecars <when>',
        'proxies as native sidecars; else $ENABLE_NATIVE_SIDECARS, else auto: yes, without a cluster to ask',
      ).choices(['true', 'false', 'auto']),
    )
    .option('--host <address>', 'address to listen on; all of them when absent')
    .option('--port <number>', 'port to listen on; 0 takes any that is free', port, 15017)
    .option('--tlsCertFile <file>', 'serving certificate in PEM form, issuers after it')
    .option('--tlsKeyFile <file>', 'private key of the certificate in PEM form')
    .option(
      '--tls-names <names>',
      'more names for the self-signed certificate, with commas in between',
      commaList,
      [],
    )
    .addOption(
      new Option('--log-level <level>', 'the least that is logged')
        .choices(logLevels)
        .default('info'),
    )
    .addOption(
      new Option('--log-format <format>', 'auto is pretty on a terminal, else json')
        .choices(logFormats)
        .default('auto'),
    )
    .addHelpText(
      'after',
      examples([
        ['outrigger serve', 'run the webhook on this machine, for trying it out'],
        [
          'outrigger serve --injectConfigFile config --valuesFile values --meshConfigFile mesh',
          "run it with Istio's own configuration",
        ],
      ]),
    )
    .action((options: ServeOptions) => runServer(options, context, loadInjector));
}

function port(text: string): number {
  const number = Number(text);
  if (/^\d{1,5}$/.test(text) && number <= 65_535) return number;
  throw new InvalidArgumentError('It must be a number from 0 to 65535.');
}

function commaList(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
