import { OutriggerError } from '../../errors.ts';
import { buildConfiguration } from '../../inject/config/build-configuration.ts';
import type {
  InjectionConfiguration,
  NativeSidecars,
} from '../../inject/config/injection-configuration.ts';
import { yamlReader } from '../../inject/config/prepared-texts.ts';
import { createTemplateFunctions } from '../../inject/functions/index.ts';
import { applyMeshConfig } from '../../mesh/index.ts';
import { hashOf } from '../../serving/source.ts';
import type { CliContext } from '../context.ts';
import { blameConfig } from './blame-config.ts';
import { blame, blameFile } from './blame-file.ts';
import { asksCluster, type ClusterSourceFlags } from './cluster-source-flags.ts';
import type { ConfigurationFlags } from './configuration-flags.ts';
import type { ClusterParts } from './read-cluster.ts';
import {
  type ConfigurationFiles,
  type ConfigurationTextSources,
  completeSources,
  preparedFor,
  readConfigurationFiles,
} from './read-sources.ts';

/** A configuration and what people should know about where it comes from. */
export interface LoadedConfiguration {
  readonly configuration: InjectionConfiguration;
  /** `built in`, the files, or the ConfigMaps and their cluster. */
  readonly description: string;
  readonly notes: readonly string[];
  /** What the cluster says about namespaces; undefined when it was not asked. */
  readonly clusterNamespaces: Pick<ClusterParts, 'namespaces' | 'tags'> | undefined;
}

/** What the command and its environment add to the texts. */
export interface ConfigurationExtras {
  readonly nativeSidecars: NativeSidecars;
  readonly env: CliContext['env'];
  /**
   * For a command that injects once and ends: only these templates are compiled at once, and the hash that
   * tells configurations apart is left empty.
   */
  readonly neededTemplates?: readonly string[];
  /** Whether a cluster that is asked is asked for its namespaces, too. */
  readonly namespaces?: boolean;
}

/**
 * Reads and compiles the configuration that flags name: from files, from a cluster when they ask for one, and what
 * neither has is built in. Throws OutriggerError with file and line when something is wrong with it.
 */
export async function loadConfiguration(
  flags: ConfigurationFlags & ClusterSourceFlags,
  extras: ConfigurationExtras,
): Promise<LoadedConfiguration> {
  const files = readConfigurationFiles(flags);
  const cluster = asksCluster(flags) ? await askCluster(flags, files, extras) : undefined;
  const read = {
    config: files.config ?? cluster?.config,
    values: files.values ?? cluster?.values,
    mesh: files.mesh ?? cluster?.mesh,
  };
  const sources = completeSources(flags, read);
  const named = cluster?.revision ?? flags.revision ?? '';
  // As istioctl has it: the default revision is the one without a name.
  const revision = named === 'default' ? '' : named;
  return {
    configuration: compile(sources, { ...flags, revision }, extras),
    description: describe(files, sources, cluster),
    notes: [...(cluster?.notes ?? []), ...sources.notes],
    clusterNamespaces: cluster,
  };
}

/** Undefined when the files leave nothing to ask for. */
async function askCluster(
  flags: ConfigurationFlags & ClusterSourceFlags,
  files: ConfigurationFiles,
  { env, namespaces = false }: ConfigurationExtras,
): Promise<ClusterParts | undefined> {
  const valuesFile = flags.valuesFile?.some((name) => name !== '') ?? false;
  const wanted = {
    config: files.config === undefined,
    values: files.values === undefined && !valuesFile,
    mesh: files.mesh === undefined,
    namespaces,
  };
  if (!Object.values(wanted).includes(true)) return undefined;
  // With everything that it takes to talk to a cluster, which other runs need not wait for.
  const { readCluster } = await import('./read-cluster.ts');
  return readCluster(flags, wanted, { env });
}

function compile(
  { config, values, mesh }: ConfigurationTextSources,
  { revision = '', trustAnnotations = false }: ConfigurationFlags,
  { nativeSidecars, env, neededTemplates }: ConfigurationExtras,
): InjectionConfiguration {
  const meshConfig = blameFile(mesh, () =>
    applyMeshConfig(mesh.text, undefined, yamlReader('mesh', preparedFor(mesh))),
  );
  // Templates see no environment: they may come from somebody else than who runs this.
  const environment: ReadonlyMap<string, string> = new Map();
  try {
    return buildConfiguration({
      config: config.text,
      values: values.text,
      mesh: meshConfig,
      hash: neededTemplates ? '' : hashOf([config.text, values.text, mesh.text]),
      needed: neededTemplates,
      prepared: preparedFor(config),
      functions: createTemplateFunctions({ env: environment }),
      revision,
      nativeSidecars,
      compliancePolicy: env.COMPLIANCE_POLICY ?? '',
      platform: env.PLATFORM ?? '',
      trust: { environment, annotations: trustAnnotations },
    });
  } catch (error) {
    if (!(error instanceof OutriggerError)) throw error;
    if (error.code === 'OUTRIGGER_VALUES') throw blame(values, error, values.text);
    throw blameConfig(config, error);
  }
}

function describe(
  files: ConfigurationFiles,
  { values }: ConfigurationTextSources,
  cluster: ClusterParts | undefined,
): string {
  const names = [files.config, files.values, files.mesh].map((source) => source?.file);
  const valuesFile = cluster?.values === values ? undefined : values.file;
  const all = new Set([...names, valuesFile, cluster?.description].filter(Boolean));
  return all.size === 0 ? 'built in' : [...all].join(', ');
}
