import type { Logger } from 'pino';
import type { ClusterConnection } from '../../kube/connect.ts';
import { clusterNamespaces } from '../../serving/cluster-namespaces.ts';
import {
  ConfigurationHolder,
  type ConfigurationHooks,
  type HolderOptions,
  type InForce,
} from '../../serving/configuration-holder.ts';
import { fileNamespaces } from '../../serving/file-namespaces.ts';
import { createFollowRegistry } from '../../serving/follow-registry.ts';
import { gateQuestion, ownClusterName, withNamespaceGate } from '../../serving/namespace-gate.ts';
import type { NamespaceKnowledge } from '../../serving/namespace-knowledge.ts';
import { summariseNamespaces } from '../../serving/summarise-namespaces.ts';
import type { PodInjector } from '../../webhook/review/review-pod.ts';
import { readTextFile } from '../configuration/read-text-file.ts';
import type { CliContext } from '../context.ts';
import { chooseService } from './choose-service.ts';
import { chooseSources } from './choose-sources.ts';
import { inspectConfiguration } from './inspect-configuration.ts';
import { chooseNativeSidecars } from './native-sidecars.ts';
import type { ServeOptions } from './serve-options.ts';
import type { ServingConfiguration } from './serving-configuration.ts';

/** What opening a configuration needs. */
export interface OpenOptions {
  readonly options: ServeOptions;
  readonly env: CliContext['env'];
  /** The cluster that the server belongs to, if any. */
  readonly cluster: ClusterConnection | undefined;
  readonly logger: Logger;
  /** Told about every reload. */
  readonly hooks?: ConfigurationHooks;
  /** How long changes are waited for before they count together. */
  readonly times?: HolderOptions['times'];
}

/**
 * Opens the configuration that flags, environment and cluster make up, and follows it from then on. What is in
 * files has to be good at once; for what is in a cluster it waits.
 *
 * @throws OutriggerError when a file cannot be read, or is wrong
 */
export async function openConfiguration(open: OpenOptions): Promise<ServingConfiguration> {
  const { options, env, cluster, logger } = open;
  const revision = options.revision ?? env['REVISION'] ?? '';
  const registry = createFollowRegistry();
  let holder: ConfigurationHolder | undefined;

  const namespaces = await knowNamespaces(open, revision, registry.add);
  const wish = options.nativeSidecars ?? env['ENABLE_NATIVE_SIDECARS'] ?? 'auto';
  const ownCluster = () => ownClusterName(env['CLUSTER_ID'], holder?.inForce?.configuration);
  const native = chooseNativeSidecars(wish, cluster, ownCluster, logger, registry.add);
  const { parts, notes } = await chooseSources(
    options,
    env,
    cluster,
    revision,
    logger,
    registry.add,
  );
  for (const warning of [...native.warnings, ...notes]) logger.warn(warning);
  const stop = async () => {
    const sources = [parts.injector, parts.mesh, parts.proxyConfigs];
    holder?.stop();
    await Promise.all([...sources, namespaces, native.nodes].map((part) => part?.stop()));
  };
  try {
    holder = new ConfigurationHolder({
      parts,
      settings: {
        revision,
        nativeSidecars: native.setting,
        compliancePolicy: env['COMPLIANCE_POLICY'] ?? '',
        platform: env['PLATFORM'] ?? '',
        trustAnnotations: options.trustAnnotations ?? false,
      },
      stamp: options.stampConfiguration ?? false,
      logger,
      inspect: inspectConfiguration,
      mustBeGood: true,
      ...(open.hooks !== undefined && { hooks: open.hooks }),
      ...(open.times !== undefined && { times: open.times }),
    });
  } catch (error) {
    await stop();
    throw error;
  }
  const held = holder;

  let made: { readonly from: InForce; readonly injector: PodInjector } | undefined;
  return {
    description: [...new Set([parts.injector.description, parts.mesh.description])].join(', '),
    nativeSidecars: native.description,
    current() {
      const { inForce } = held;
      if (inForce !== made?.from) {
        made = inForce && { from: inForce, injector: gated(inForce, namespaces, env) };
      }
      return made?.injector;
    },
    readiness: () => [
      ...held.readiness(),
      ...(namespaces?.readiness() ?? []),
      ...(native.nodes?.readiness() ?? []),
    ],
    status: () => ({ configuration: held.status(), followed: registry.statuses() }),
    namespaces() {
      const configuration = held.inForce?.configuration;
      if (namespaces === undefined || configuration === undefined) return undefined;
      return summariseNamespaces(namespaces, gateQuestion(configuration, namespaces.tags()));
    },
    stop,
  };
}

async function knowNamespaces(
  { options, env, cluster, logger }: OpenOptions,
  revision: string,
  following: Parameters<typeof clusterNamespaces>[3],
): Promise<NamespaceKnowledge | undefined> {
  const { namespaces: file } = options;
  if (file !== undefined) return fileNamespaces(file, () => readTextFile(file), logger);
  const service = chooseService(options, env, cluster, revision);
  return cluster && clusterNamespaces(cluster.api, service, logger, following);
}

function gated(
  { configuration, injector }: InForce,
  namespaces: NamespaceKnowledge | undefined,
  env: CliContext['env'],
): PodInjector {
  if (namespaces === undefined) return injector;
  return withNamespaceGate(injector, { configuration, namespaces, cluster: env['CLUSTER_ID'] });
}
