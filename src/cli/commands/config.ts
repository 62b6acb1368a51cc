import { type Command, Option } from 'commander';
import { addValueOptions } from '../configuration/value-options.ts';
import type { CliContext } from '../context.ts';
import { examples } from '../examples.ts';
import type { CheckOptions } from '../template/check-configuration.ts';

const exampleList = [
  [
    'outrigger config check --injectConfigFile injector.yaml --meshConfigFile istio.yaml',
    "check a cluster's ConfigMaps",
  ],
  ['outrigger config check -v values.yaml --output json', 'check values, for a pipeline'],
] as const;

/** `outrigger config`: the injector's configuration. */
export function define(command: Command, context: CliContext): void {
  command
    .description('Check the configuration of the injector.')
    .addHelpText('after', examples(exampleList));
  addValueOptions(command.command('check'))
    .summary('find mistakes in a configuration')
    .description(
      'Find mistakes in a configuration: templates that do not parse or fail, names that nothing reads, values of ' +
        'a wrong type, and all that "template lint" finds. Errors make the exit code 1, warnings do not.',
    )
    .option(
      '--injectConfigFile <file>',
      'injector configuration, a single template, or a ConfigMap with one',
    )
    .option('--meshConfigFile <file>', 'mesh configuration, or a ConfigMap with one')
    .addOption(
      new Option('-o, --output <format>', 'text or json').choices(['text', 'json']).default('text'),
    )
    .addHelpText('after', examples(exampleList))
    .action(async (options: CheckOptions) => {
      const { checkConfiguration } = await import('../template/check-configuration.ts');
      await checkConfiguration(options, context);
    });
}
