import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileTemplates } from '../../src/inject/config/compile-templates.ts';
import type { InjectionConfiguration } from '../../src/inject/config/injection-configuration.ts';
import { parseInjectorConfig } from '../../src/inject/config/parse-injector-config.ts';
import { compileDecisionPolicy, offlinePolicy } from '../../src/inject/decide/decide.ts';
import { createTemplateFunctions } from '../../src/inject/functions/index.ts';
import type { InjectorMode } from '../../src/inject/inject-pod.ts';
import { applyMeshConfig, parseValues } from '../../src/mesh/index.ts';

/** What a case says about how Istio ran. */
export interface CaseSettings {
  readonly settings: string;
  readonly nativeSidecars: boolean;
  readonly platform?: string;
  readonly compliancePolicy?: string;
  readonly namespaceAnnotations?: { readonly [name: string]: string };
  readonly errorContains?: string;
  readonly warningContains?: string;
}

/** The texts of a settings folder. */
export interface SettingsTexts {
  readonly config: string;
  readonly values: string;
  readonly mesh: string;
}

export function readSettings(folder: string): SettingsTexts {
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  return { config: read('config.yaml'), values: read('values.yaml'), mesh: read('mesh.yaml') };
}

const built = new Map<string, InjectionConfiguration>();

/**
 * The engine's configuration from the texts of a settings folder. Offline the revision is empty; the
 * webhook cases were recorded with revision `default` (injection.md, 11). Made once for each combination.
 */
export function configurationOf(
  texts: SettingsTexts,
  settings: Pick<CaseSettings, 'nativeSidecars' | 'platform' | 'compliancePolicy'>,
  mode: InjectorMode,
): InjectionConfiguration {
  const { nativeSidecars, platform, compliancePolicy } = settings;
  const key = JSON.stringify([texts, nativeSidecars, platform, compliancePolicy, mode]);
  let configuration = built.get(key);
  if (configuration === undefined) {
    configuration = makeConfiguration(texts, settings, mode);
    built.set(key, configuration);
  }
  return configuration;
}

const environment = new Map<string, string>();
const functions = createTemplateFunctions({ env: environment });

/** A template that is compiled once, for all settings that have this text. */
export const compiledTemplate = once((text) => {
  const only = compileTemplates({ templates: new Map([['', text]]) }, functions).get('');
  if (only === undefined) throw new Error('compiling a template gave none');
  return only;
});
const injectorConfig = once(parseInjectorConfig);
const values = once(parseValues);
const mesh = once((text) => applyMeshConfig(text));

/** Many settings differ in one of their texts only. */
function once<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    let value = known.get(text);
    if (value === undefined) {
      value = read(text);
      known.set(text, value);
    }
    return value;
  };
}

function makeConfiguration(
  texts: SettingsTexts,
  settings: Pick<CaseSettings, 'nativeSidecars' | 'platform' | 'compliancePolicy'>,
  mode: InjectorMode,
): InjectionConfiguration {
  const config = injectorConfig(texts.config);
  return {
    hash: '',
    config,
    templates: new Map([...config.templates].map(([key, text]) => [key, compiledTemplate(text)])),
    decision: mode === 'offline' ? offlinePolicy : compileDecisionPolicy(config),
    values: values(texts.values),
    mesh: mesh(texts.mesh),
    revision: mode === 'offline' ? '' : 'default',
    nativeSidecars: settings.nativeSidecars,
    compliancePolicy: settings.compliancePolicy ?? '',
    platform: settings.platform ?? '',
    trust: { environment },
  };
}
