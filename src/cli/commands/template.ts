import { type Command, Option } from 'commander';
import { addValueOptions } from '../configuration/value-options.ts';
import type { CliContext } from '../context.ts';
import { examples } from '../examples.ts';
import type { LintOptions } from '../template/lint-files.ts';
import type { TemplateSource } from '../template/list-templates.ts';
import type { RenderOptions } from '../template/render-template.ts';

const exampleList = [
  ['outrigger template list', 'the templates that come with Outrigger'],
  ['outrigger template show sidecar > sidecar.yaml', 'take one as a start for your own'],
  ['outrigger template render sidecar -f pod.yaml', 'see what it makes of a pod'],
  ['outrigger template lint sidecar.yaml', 'look for mistakes in it'],
] as const;

/** `outrigger template`: reading, trying and checking templates. */
export function define(command: Command, context: CliContext): void {
  command
    .description('Look at injection templates, try them on a pod, and find mistakes in them.')
    .addHelpText('after', examples(exampleList));
  defineList(command.command('list'), context);
  defineShow(command.command('show'), context);
  defineRender(command.command('render'), context);
  defineLint(command.command('lint'), context);
}

function sourceOption(): Option {
  return new Option(
    '--injectConfigFile <file>',
    "an injector configuration's templates instead of the built-in ones",
  );
}

function defineList(command: Command, context: CliContext): void {
  command
    .summary('print the names of the templates')
    .description('Print the names of the templates, and which ones pods get that name none.')
    .addOption(sourceOption())
    .addOption(new Option('-o, --output <format>', 'print as json').choices(['json']))
    .action(async (options: TemplateSource & { output?: 'json' }) => {
      const { listTemplates } = await import('../template/list-templates.ts');
      listTemplates(options, context);
    });
}

function defineShow(command: Command, context: CliContext): void {
  command
    .summary('print a template')
    .description(
      'Print a template with all named blocks that it uses, as it would stand in a ConfigMap.',
    )
    .argument('<name>', 'name of the template')
    .addOption(sourceOption())
    .action(async (name: string, options: TemplateSource) => {
      const { showTemplate } = await import('../template/list-templates.ts');
      showTemplate(name, options, context);
    });
}

function defineRender(command: Command, context: CliContext): void {
  addValueOptions(command)
    .summary('print what a template makes of a pod')
    .description(
      'Print the overlay that a template renders for the pods of a manifest, before anything is merged. ' +
        'Which templates the pods ask for makes no difference.',
    )
    .argument('<name>', 'name of the template')
    .requiredOption('-f, --filename <file>', 'manifest with a pod or workload; - is standard input')
    .addOption(sourceOption())
    .option('--meshConfigFile <file>', 'mesh configuration, or a ConfigMap with one')
    .option('-r, --revision <name>', 'revision of the control plane')
    .addOption(
      new Option('--native-sidecars <when>', 'proxies as native sidecars').choices([
        'true',
        'false',
      ]),
    )
    .addOption(
      new Option('-o, --output <format>', 'the text as rendered, or what it says as yaml or json')
        .choices(['text', 'yaml', 'json'])
        .default('text'),
    )
    .action(async (name: string, options: RenderOptions) => {
      const { renderTemplateFor } = await import('../template/render-template.ts');
      await renderTemplateFor(name, options, context);
    });
}

function defineLint(command: Command, context: CliContext): void {
  addValueOptions(command)
    .summary('find mistakes in templates')
    .description(
      'Find mistakes in templates: parse errors, unknown values and fields, duplicate keys, text of pods that ' +
        'could become YAML. Each template is run on model pods, also with settings that are seldom used. ' +
        'Errors make the exit code 1, warnings do not.',
    )
    .argument(
      '<files...>',
      'files with a template, an injector configuration, or a ConfigMap; - is standard input',
    )
    .option('--meshConfigFile <file>', 'mesh configuration, or a ConfigMap with one')
    .addOption(
      new Option('-o, --output <format>', 'text or json').choices(['text', 'json']).default('text'),
    )
    .action(async (files: string[], options: LintOptions) => {
      const { lintFiles } = await import('../template/lint-files.ts');
      await lintFiles(files, options, context);
    });
}
