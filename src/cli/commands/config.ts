import { type Command, Option } from 'commander';
import { addValueOptions } from '../configuration/value-options.ts';
import type { CliContext } from '../context.ts';
import { examples } from '../examples.ts';
import type { CheckOptions } from '../template/check-configuration.ts';
import type { ShowOptions } from '../template/show-configuration.ts';

const exampleList = [
  [
    'outrigger config check --injectConfigFile injector.yaml --meshConfigFile istio.yaml',
    "check a cluster's ConfigMaps",
  ],
  ['outrigger config check -v values.yaml --output json', 'check values, for a pipeline'],
  [
    'outrigger config show --template log-shipper=log-shipper.yaml > injector.yaml',
    'write ConfigMaps with the built-in configuration and a template of your own',
  ],
] as const;

/** `outrigger config`: the injector's configuration. */
export function define(command: Command, context: CliContext): void {
  command
    .description('Check the configuration of the injector, or print it.')
    .addHelpText('after', examples(exampleList));
  defineCheck(command.command('check'), context);
  defineShow(command.command('show'), context);
}

function defineCheck(command: Command, context: CliContext): void {
  addSourceOptions(addValueOptions(command))
    .summary('find mistakes in a configuration')
    .description(
      'Find mistakes in a configuration: templates that do not parse or fail, names that nothing reads, values of ' +
        'a wrong type, and all that "template lint" finds. Errors make the exit code 1, warnings do not.',
    )
    .addOption(
      new Option('-o, --output <format>', 'text or json').choices(['text', 'json']).default('text'),
    )
    .addHelpText('after', examples(exampleList))
    .action(async (options: CheckOptions) => {
      const { checkConfiguration } = await import('../template/check-configuration.ts');
      await checkConfiguration(options, context);
    });
}

function defineShow(command: Command, context: CliContext): void {
  addSourceOptions(addValueOptions(command))
    .summary('print a configuration as ConfigMaps')
    .description(
      'Print a configuration as the two ConfigMaps that an injector reads. Templates stand alone in them, and values ' +
        'and mesh configuration are what the flags make of them. Nothing is sent anywhere.',
    )
    .addOption(
      new Option(
        '--template <name=file>',
        'add a template, or put it in the place of another',
      ).argParser((value: string, list: readonly string[] = []) => [...list, value]),
    )
    .option('-r, --revision <name>', 'revision of the control plane, part of the names')
    .option('-n, --namespace <name>', 'namespace of the ConfigMaps', 'istio-system')
    .action(async (options: ShowOptions) => {
      const { showConfiguration } = await import('../template/show-configuration.ts');
      await showConfiguration(options, context);
    });
}

function addSourceOptions(command: Command): Command {
  return command
    .option(
      '--injectConfigFile <file>',
      'injector configuration, a single template, or a ConfigMap with one; - is standard input',
    )
    .option('--meshConfigFile <file>', 'mesh configuration, or a ConfigMap with one');
}
