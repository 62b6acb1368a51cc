import { OutriggerError } from '../../errors.ts';
import { buildConfiguration } from '../../inject/config/build-configuration.ts';
import type {
  InjectionConfiguration,
  NativeSidecars,
} from '../../inject/config/injection-configuration.ts';
import { createTemplateFunctions } from '../../inject/functions/index.ts';
import { applyMeshConfig } from '../../mesh/index.ts';
import { hashOf } from '../../serving/source.ts';
import type { CliContext } from '../context.ts';
import { blameConfig } from './blame-config.ts';
import { blame, blameFile } from './blame-file.ts';
import type { ConfigurationFlags } from './configuration-flags.ts';
import { type ConfigurationTextSources, readSources } from './read-sources.ts';

/** A configuration and what people should know about where it comes from. */
export interface LoadedConfiguration {
  readonly configuration: InjectionConfiguration;
  /** `built in`, or the files. */
  readonly description: string;
  readonly notes: readonly string[];
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
}

/**
 * Reads and compiles the configuration that flags name. Throws OutriggerError with file and line when
 * something is wrong with it.
 */
export async function loadConfiguration(
  flags: ConfigurationFlags,
  extras: ConfigurationExtras,
): Promise<LoadedConfiguration> {
  const sources = readSources(flags);
  return {
    configuration: compile(sources, flags, extras),
    description: describe(sources),
    notes: sources.notes,
  };
}

function compile(
  { config, values, mesh }: ConfigurationTextSources,
  { revision = '', trustAnnotations = false }: ConfigurationFlags,
  { nativeSidecars, env, neededTemplates }: ConfigurationExtras,
): InjectionConfiguration {
  const meshConfig = blameFile(mesh, () => applyMeshConfig(mesh.text));
  // Templates see no environment: they may come from somebody else than who runs this.
  const environment: ReadonlyMap<string, string> = new Map();
  try {
    return buildConfiguration({
      config: config.text,
      values: values.text,
      mesh: meshConfig,
      hash: neededTemplates ? '' : hashOf([config.text, values.text, mesh.text]),
      needed: neededTemplates,
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

function describe({ config, values, mesh }: ConfigurationTextSources): string {
  const files = new Set([config.file, values.file, mesh.file].filter((file) => file !== undefined));
  return files.size === 0 ? 'built in' : [...files].join(', ');
}
