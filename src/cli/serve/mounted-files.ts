import { existsSync } from 'node:fs';
import type { ConfigurationFlags } from '../configuration/configuration-flags.ts';

/** Where Istio's own charts mount the configuration, relative to the working directory (`pilot/pkg/bootstrap`). */
const mounted = {
  config: './var/lib/istio/inject/config',
  values: './var/lib/istio/inject/values',
  mesh: './etc/istio/config/mesh',
};

/** Adds the files that are mounted where Istio looks for them; flags win. They are chosen at the start only. */
export function withMountedFiles(
  flags: ConfigurationFlags,
  exists: (file: string) => boolean = existsSync,
): ConfigurationFlags {
  const { injectConfigFile, valuesFile, meshConfigFile } = flags;
  const injector = injectConfigFile === undefined && valuesFile === undefined;
  return {
    ...flags,
    ...(injector &&
      exists(mounted.config) && { injectConfigFile: mounted.config, valuesFile: [mounted.values] }),
    ...(meshConfigFile === undefined && exists(mounted.mesh) && { meshConfigFile: mounted.mesh }),
  };
}
