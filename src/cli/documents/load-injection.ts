import { offlineConfiguration } from '../../inject/config/offline-configuration.ts';
import {
  builtInKinds,
  createInjector,
  extendKinds,
  type InjectionConfiguration,
  type Injector,
  type WorkloadKinds,
} from '../../inject/index.ts';
import {
  type LoadedConfiguration,
  loadConfiguration,
} from '../configuration/load-configuration.ts';
import type { CliContext } from '../context.ts';
import { asAdmission } from './admission-injector.ts';
import type { InjectionFlags } from './injection-flags.ts';

/** Everything that it takes to inject manifests. */
export interface Injection {
  readonly injector: Injector;
  readonly kinds: WorkloadKinds;
  /** What the injector goes by. */
  readonly configuration: InjectionConfiguration;
  /** Where the configuration comes from, for people. */
  readonly description: string;
  /** What people should know about where the configuration comes from. */
  readonly notes: readonly string[];
  /** What the cluster says about namespaces; undefined when it was not asked. */
  readonly clusterNamespaces: LoadedConfiguration['clusterNamespaces'];
}

/**
 * Reads what flags name and makes an injector for manifests. Uses the network only when the flags ask for a
 * cluster. Throws OutriggerError.
 */
export async function loadInjection(
  flags: InjectionFlags,
  context: CliContext,
): Promise<Injection> {
  const kinds = extendKinds(builtInKinds, flags.podTemplate ?? []);
  const loaded = await loadConfiguration(flags, {
    nativeSidecars: nativeSidecars(flags, context),
    env: context.env,
    neededTemplates: ['sidecar'],
    namespaces: asAdmission(flags) && flags.namespaces === undefined,
  });
  const configuration = asAdmission(flags)
    ? loaded.configuration
    : offlineConfiguration(loaded.configuration);
  const injector = createInjector(configuration, 'offline');
  return { ...loaded, configuration, injector, kinds };
}

/** The flag, else the variable that Istio itself reads; every supported Kubernetes has native sidecars. */
export function nativeSidecars(
  { nativeSidecars: flag }: InjectionFlags,
  { env }: CliContext,
): boolean {
  return (flag ?? env.ENABLE_NATIVE_SIDECARS ?? 'true') !== 'false';
}
