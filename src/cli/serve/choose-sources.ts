import type { Logger } from 'pino';
import type { ClusterConnection } from '../../kube/connect.ts';
import type { Followed } from '../../kube/followed.ts';
import {
  configMapNames,
  injectorConfigMap,
  meshConfigMaps,
} from '../../serving/config-map-source.ts';
import type { ConfigurationParts } from '../../serving/configuration-holder.ts';
import { proxyConfigsOf } from '../../serving/proxy-config-source.ts';
import type { CliContext } from '../context.ts';
import { injectorFiles, meshFile } from './file-source.ts';
import { withMountedFiles } from './mounted-files.ts';
import type { ServeOptions } from './serve-options.ts';
import { withSettings } from './with-settings.ts';

/** Where the configuration comes from, and what is odd about that. */
export interface ChosenSources {
  readonly parts: ConfigurationParts;
  readonly notes: readonly string[];
}

/**
 * Chooses a source for each part: files where they are given or mounted, else the cluster's ConfigMaps, else
 * what is built in.
 *
 * @throws OutriggerError when a file cannot be read
 */
export async function chooseSources(
  options: ServeOptions,
  env: CliContext['env'],
  cluster: ClusterConnection | undefined,
  revision: string,
  logger: Logger,
  following: (followed: Followed<unknown>) => void,
): Promise<ChosenSources> {
  const files = withMountedFiles(options);
  if (cluster === undefined) {
    const injector = await injectorFiles(files, logger);
    const mesh = await meshFile(files, logger);
    return { parts: { injector, mesh }, notes: injector.notes };
  }
  const place = { api: cluster.api, namespace: options.istioNamespace, logger, following };
  const names = configMapNames(revision);
  const shared = env['SHARED_MESH_CONFIG'];
  const meshNames = [shared ?? '', options.meshConfigMapName ?? names.mesh];
  const injectorFromFiles = files.injectConfigFile !== undefined || files.valuesFile !== undefined;
  return {
    parts: {
      injector: injectorFromFiles
        ? await injectorFiles(files, logger)
        : withSettings(
            injectorConfigMap(place, options.injectConfigMapName ?? names.injector),
            options,
          ),
      mesh:
        files.meshConfigFile !== undefined
          ? await meshFile(files, logger)
          : meshConfigMaps(
              place,
              meshNames.filter((name) => name !== ''),
            ),
      proxyConfigs: proxyConfigsOf(cluster.api, logger, following),
    },
    notes: [],
  };
}
