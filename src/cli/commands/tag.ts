import { type Command, InvalidArgumentError, Option } from 'commander';
import { listTags, removeTag, setTag, type TagView } from '../../install/tags/revision-tags.ts';
import type { CliContext } from '../context.ts';
import { addClusterFlags, type ClusterFlags, withCluster } from '../diagnose/cluster-flags.ts';
import { table } from '../diagnose/table.ts';
import { examples } from '../examples.ts';

interface SetFlags extends ClusterFlags {
  readonly revision: string;
  readonly overwrite?: true;
  readonly autoInjectNamespaces?: true;
  readonly webhookName?: string;
  readonly istioNamespace: string;
}

/** `outrigger tag`: names for revisions, which namespaces go by. */
export function define(command: Command, context: CliContext): void {
  command.description(
    'Look after revision tags, as istioctl tag does: a namespace with istio.io/rev=<tag> is injected by the ' +
      'revision that the tag points at.',
  );
  defineSet(command, context);
  defineList(command, context);
  defineRemove(command, context);
  command.addHelpText(
    'after',
    examples([
      [
        'outrigger tag set prod --revision canary',
        'let the namespaces with istio.io/rev=prod use canary',
      ],
      ['outrigger tag set prod --revision stable --overwrite', 'point it at another revision'],
      ['outrigger tag list', 'see all tags, and who goes by them'],
      ['outrigger tag remove prod', 'take one away that nobody uses'],
    ]),
  );
}

function defineSet(command: Command, context: CliContext): void {
  addClusterFlags(command.command('set'))
    .summary('make a tag, or point it at another revision')
    .description('Make a revision tag, or point it at another revision.')
    .argument(
      '<tag>',
      'name of the tag; with default it takes istio-injection=enabled, too',
      labelValue,
    )
    .requiredOption('-r, --revision <name>', 'revision that the tag points at', labelValue)
    .option('--overwrite', 'repoint a tag that exists')
    .option('--auto-inject-namespaces', 'the tag default also takes namespaces without labels')
    .option('--webhook-name <name>', 'name of the MutatingWebhookConfiguration')
    .option('-i, --istio-namespace <name>', 'namespace of the control plane', 'istio-system')
    .action(async (tag: string, flags: SetFlags) => {
      const { revision, istioNamespace, overwrite = false } = flags;
      const place = istioNamespace === 'istio-system' ? '' : `-${istioNamespace}`;
      const name = flags.webhookName ?? `istio-revision-tag-${tag}${place}`;
      const autoInjectNamespaces = flags.autoInjectNamespaces === true;
      const notes = await withCluster(flags, context, ({ api }) =>
        setTag(api, { tag, revision, name, overwrite, autoInjectNamespaces }),
      );
      context.stderr.write(`Revision tag "${tag}" points at revision "${revision}" now.\n`);
      for (const note of notes) context.stderr.write(`${note}.\n`);
      const label = tag === 'default' ? 'istio-injection=enabled' : `istio.io/rev=${tag}`;
      context.stderr.write(
        `To use it: kubectl label namespace <namespace> ${label}, then restart the workloads there.\n`,
      );
    });
}

function defineList(command: Command, context: CliContext): void {
  addClusterFlags(command.command('list'))
    .summary('show all tags')
    .description('Show all revision tags, their revisions, and the namespaces that go by them.')
    .addOption(new Option('-o, --output <format>', 'print as json').choices(['json']))
    .action(async (flags: ClusterFlags & { readonly output?: 'json' }) => {
      const tags = await withCluster(flags, context, ({ api }) => listTags(api));
      if (flags.output === 'json') {
        context.stdout.write(`${JSON.stringify(tags, undefined, 2)}\n`);
      } else if (tags.length === 0) {
        context.stderr.write('No Istio revision tags found.\n');
      } else {
        context.stdout.write(tableOf(tags));
      }
    });
}

function defineRemove(command: Command, context: CliContext): void {
  addClusterFlags(command.command('remove'))
    .summary('take a tag away')
    .description('Take a revision tag away. It refuses when namespaces go by it.')
    .argument('<tag>', 'name of the tag', labelValue)
    .option('-y, --skip-confirmation', 'also when namespaces go by it')
    .action(async (tag: string, flags: ClusterFlags & { readonly skipConfirmation?: true }) => {
      await withCluster(flags, context, ({ api }) =>
        removeTag(api, tag, flags.skipConfirmation === true),
      );
      context.stderr.write(`Revision tag "${tag}" is removed.\n`);
    });
}

/** Tags and revisions are values of labels, and parts of names. */
function labelValue(text: string): string {
  if (/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(text)) return text;
  throw new InvalidArgumentError(
    'It must be at most 63 lower case letters, digits and dashes, and neither begin nor end with a dash.',
  );
}

function tableOf(tags: readonly TagView[]): string {
  // One blank between columns, as istioctl has it.
  return table(
    [
      ['TAG', 'REVISION', 'NAMESPACES'],
      ...tags.map(({ tag, revision, namespaces }) => [tag, revision, namespaces.join(',')]),
    ],
    ' ',
  );
}
