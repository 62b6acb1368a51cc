import type { Injector } from '../../inject/index.ts';
import { withNamespaceGate } from '../../serving/namespace-gate.ts';
import type { InjectionFlags } from './injection-flags.ts';
import type { Injection } from './load-injection.ts';
import type { NamespaceTable } from './namespace-table.ts';

/** Whether it is to be decided as the cluster would. */
export function asAdmission(flags: InjectionFlags): boolean {
  return (flags.asAdmission || flags.clusterRules || flags.namespaces !== undefined) ?? false;
}

/**
 * An injector that goes by the labels of namespaces, too, as the selectors of the webhook configuration make the
 * API server do. Of a namespace that is not in the table nothing is known, so policy and selectors decide alone.
 *
 * @param defaultNamespace of objects that name none
 * @param unknown is told the name of each namespace that is asked for and not in the table
 */
export function admissionInjector(
  { injector, configuration }: Pick<Injection, 'injector' | 'configuration'>,
  { namespaces, tags }: NamespaceTable,
  defaultNamespace: string,
  unknown: (name: string) => void,
): Injector {
  return withNamespaceGate(injector, {
    configuration,
    cluster: undefined,
    namespaces: {
      description: 'the Namespace objects at hand',
      namespace(asked) {
        const name = asked || defaultNamespace;
        const meta = namespaces.get(name);
        if (meta === undefined) unknown(name);
        return meta;
      },
      names: () => namespaces.keys(),
      tags: () => tags,
      readiness: () => [],
      stop: async () => {},
    },
  });
}
