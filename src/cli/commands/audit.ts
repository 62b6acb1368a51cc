import { type Command, Option } from 'commander';
import type { CliContext } from '../context.ts';
import { addClusterFlags } from '../diagnose/cluster-flags.ts';
import type { AuditFlags } from '../diagnose/run-audit.ts';
import { examples } from '../examples.ts';

/** `outrigger audit`: pods that are not as injection would make them now. */
export function define(command: Command, context: CliContext): void {
  addClusterFlags(command)
    .description(
      'List the pods of a cluster that should have a sidecar and have none, or have one of another revision, or, ' +
        'where the injector runs with --stamp-configuration, one from another configuration than that in force. It ' +
        'goes by the webhooks that are there now, and the labels of namespaces and pods. Ends with 1 if there are any.',
    )
    .option('-n, --namespace <name>', 'only pods of this namespace')
    .option('-i, --istio-namespace <name>', 'namespace of the control plane', 'istio-system')
    .option(
      '--injectConfigMapName <name>',
      'ConfigMap with the injector configuration',
      'istio-sidecar-injector',
    )
    .addOption(new Option('-o, --output <format>', 'print as json').choices(['json']))
    .addHelpText(
      'after',
      examples([
        ['outrigger audit', 'look at the whole cluster'],
        ['outrigger audit -n shop -o json', 'look at one namespace, for scripts'],
      ]),
    )
    .action(async (flags: AuditFlags) => {
      const { runAudit } = await import('../diagnose/run-audit.ts');
      await runAudit(flags, context);
    });
}
