import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfiguration } from '../src/cli/configuration/load-configuration.ts';
import type { InjectionConfiguration } from '../src/inject/index.ts';

/** Flags that name a configuration, as the program takes them; none for the one that comes with it. */
export type SettingsFlags = readonly string[];

/** Ways in which a folder can hold a configuration: Istio's two ConfigMaps, or three texts. */
const layouts = [
  [
    ['--injectConfigFile', 'configmap-istio-sidecar-injector.yaml'],
    ['--meshConfigFile', 'configmap-istio.yaml'],
  ],
  [
    ['--injectConfigFile', 'config.yaml'],
    ['--valuesFile', 'values.yaml'],
    ['--meshConfigFile', 'mesh.yaml'],
  ],
] as const;

/** The flags for the configuration in a folder. Throws when there is none. */
export function settingsIn(folder: string | undefined): SettingsFlags {
  if (folder === undefined) return [];
  const layout = layouts.find((files) => files.every(([, name]) => existsSync(join(folder, name))));
  if (layout === undefined) throw new Error(`${folder}: no configuration in this folder`);
  return layout.flatMap(([flag, name]) => [flag, join(folder, name)]);
}

/** Reads and compiles the configuration that flags name, as a webhook does. */
export async function loadSettings(flags: SettingsFlags): Promise<InjectionConfiguration> {
  const after = (flag: string): string | undefined =>
    flags.includes(flag) ? flags[flags.indexOf(flag) + 1] : undefined;
  const values = after('--valuesFile');
  const { configuration } = await loadConfiguration(
    {
      injectConfigFile: after('--injectConfigFile'),
      meshConfigFile: after('--meshConfigFile'),
      ...(values !== undefined && { valuesFile: [values] }),
    },
    { nativeSidecars: true, env: {} },
  );
  return configuration;
}
