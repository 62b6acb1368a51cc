/** Exports: {@link buildConfiguration}, {@link ConfigurationSources}. */
import type { FunctionMap } from '../../gotemplate/index.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';
import { parseValues } from '../../mesh/index.ts';
import { compileDecisionPolicy } from '../decide/decide.ts';
import { compileTemplates, compileTemplatesOnDemand } from './compile-templates.ts';
import type { InjectionConfiguration } from './injection-configuration.ts';
import { parseInjectorConfig } from './parse-injector-config.ts';
import { type PreparedTexts, yamlReader } from './prepared-texts.ts';

/** What a configuration is made from: texts as they were found, the rest as it is in the result. */
export interface ConfigurationSources
  extends Omit<InjectionConfiguration, 'config' | 'templates' | 'decision' | 'values'> {
  /** Key `config` of ConfigMap `istio-sidecar-injector`. */
  readonly config: string;
  /** Key `values` of the same. */
  readonly values: string;
  /** What templates can call. */
  readonly functions: FunctionMap;
  /** Names of templates to compile at once, the others when they first run; absent: all at once. */
  readonly needed?: readonly string[] | undefined;
  /** What is known about these texts, read with these functions. */
  readonly prepared?: PreparedTexts | undefined;
}

/**
 * Reads, checks and compiles everything, once; the result is only read from then on. It is all or nothing:
 * a fault anywhere throws, and the configuration of before can stay.
 *
 * @throws OutriggerError `OUTRIGGER_CONFIG`, `OUTRIGGER_TEMPLATE` or `OUTRIGGER_VALUES`, in this order
 */
export function buildConfiguration(sources: ConfigurationSources): InjectionConfiguration {
  const { config: text, values, functions, needed, prepared, ...rest } = sources;
  const config = parseInjectorConfig(text, yamlReader('config', prepared));
  const templates = needed
    ? compileTemplatesOnDemand(config, functions, needed, prepared)
    : compileTemplates(config, functions, prepared);
  const parsed = parseValues(values, yamlReader('values', prepared));
  return {
    ...rest,
    // Istio's charts hand these settings to the injector as its environment.
    platform: rest.platform || textAt(parsed.map, ['global', 'platform']),
    compliancePolicy:
      rest.compliancePolicy || textAt(parsed.map, ['pilot', 'env', 'COMPLIANCE_POLICY']),
    config,
    templates,
    decision: compileDecisionPolicy(config),
    values: parsed,
  };
}

/** A string somewhere in the values; empty when there is none. */
function textAt(values: JsonObject, path: readonly string[]): string {
  let at: JsonValue | undefined = values;
  for (const name of path) at = isJsonObject(at) && Object.hasOwn(at, name) ? at[name] : undefined;
  return typeof at === 'string' ? at : '';
}
