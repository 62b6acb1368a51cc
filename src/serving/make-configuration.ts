/**
 * From texts to the parts of a configuration. Exports: {@link makeInjectorPart}, {@link makeMeshPart},
 * {@link lenientMesh}, {@link InjectorPart}, {@link ServingSettings}.
 */
import { OutriggerError } from '../errors.ts';
import { buildConfiguration } from '../inject/config/build-configuration.ts';
import type { InjectionConfiguration } from '../inject/config/injection-configuration.ts';
import { yamlReader } from '../inject/config/prepared-texts.ts';
import { createTemplateFunctions } from '../inject/functions/index.ts';
import { applyMeshConfig, defaultMeshConfig, type MeshConfig } from '../mesh/index.ts';
import type { InjectorTexts, SourceText } from './source.ts';

/** What does not come from sources but from flags and the environment; fixed while the process runs. */
export interface ServingSettings
  extends Pick<
    InjectionConfiguration,
    'revision' | 'nativeSidecars' | 'compliancePolicy' | 'platform'
  > {
  /** Text of pods may become structure of what templates render to. */
  readonly trustAnnotations?: boolean;
}

/** What the injector's ConfigMap makes up; mesh, hash and the like are placeholders. */
export type InjectorPart = InjectionConfiguration;

/**
 * Parses the injector configuration, compiles every template and reads the values.
 *
 * @throws OutriggerError that says where the fault is
 */
export function makeInjectorPart(
  { config, values }: InjectorTexts,
  { trustAnnotations = false, ...settings }: ServingSettings,
): InjectorPart {
  // Templates see no environment: whoever writes them need not be who runs this process.
  const environment: ReadonlyMap<string, string> = new Map();
  try {
    return buildConfiguration({
      ...settings,
      config: config.text,
      values: values.text,
      prepared: config.prepared,
      mesh: defaultMeshConfig(),
      hash: '',
      functions: createTemplateFunctions({ env: environment }),
      trust: { environment, annotations: trustAnnotations },
    });
  } catch (error) {
    const ofValues = error instanceof OutriggerError && error.code === 'OUTRIGGER_VALUES';
    throw (ofValues ? values : config).blame(error);
  }
}

/**
 * Lays mesh configurations over the defaults, the first one lowest.
 *
 * @throws OutriggerError when one of them is wrong
 */
export function makeMeshPart(texts: readonly SourceText[]): MeshConfig {
  return texts.reduce(applyMesh, defaultMeshConfig());
}

/** The same, but those that are wrong are left out (`pilot/pkg/bootstrap/mesh.go`). Also says which were used. */
export function lenientMesh(texts: readonly SourceText[]): {
  readonly value: readonly SourceText[];
  readonly result: MeshConfig;
} {
  const value: SourceText[] = [];
  let result = defaultMeshConfig();
  for (const text of texts) {
    try {
      result = applyMesh(result, text);
      value.push(text);
    } catch {
      // It was refused, and said so, before.
    }
  }
  return { value, result };
}

function applyMesh(base: MeshConfig, { text, blame, prepared }: SourceText): MeshConfig {
  try {
    return applyMeshConfig(text, base, yamlReader('mesh', prepared));
  } catch (error) {
    throw blame(error);
  }
}
