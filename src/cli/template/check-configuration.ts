/** Exports: {@link checkConfiguration}, {@link CheckOptions}. */
import { parseGoYaml } from '../../goyaml/index.ts';
import { parseInjectorConfig } from '../../inject/config/parse-injector-config.ts';
import { createTemplateFunctions } from '../../inject/functions/index.ts';
import { lintConfiguration } from '../../lint/lint-configuration.ts';
import { unknownConfigFields, unknownMeshFields } from '../../lint/unknown-fields.ts';
import { applyMeshConfig, parseValues } from '../../mesh/index.ts';
import { bothValues, valuesInUse } from '../../settings/known-values.ts';
import { blameConfig } from '../configuration/blame-config.ts';
import { blame } from '../configuration/blame-file.ts';
import type { ConfigurationFlags } from '../configuration/configuration-flags.ts';
import { documentedValues } from '../configuration/known-values.ts';
import { withLineOfValue } from '../configuration/line-of-value.ts';
import {
  type ConfigurationTextSources,
  readConfigurationFiles,
  readSources,
} from '../configuration/read-sources.ts';
import type { ReadText } from '../configuration/read-text-file.ts';
import { readValues } from '../configuration/read-values.ts';
import type { CliContext } from '../context.ts';
import { attempt, errorFindings } from './error-findings.ts';
import { placeFinding } from './place-finding.ts';
import { repeatedSettings } from './repeated-settings.ts';
import { type FindingsFormat, type PlacedFinding, reportFindings } from './report-findings.ts';
import { textReader } from './text-reader.ts';
import { unreadFields, unreadValues } from './unread-settings.ts';
import { wrongManifest } from './wrong-manifest.ts';

/** The flags of `config check`. */
export interface CheckOptions extends ConfigurationFlags {
  readonly output: FindingsFormat;
}

/**
 * Looks for mistakes in a whole configuration: each of its parts by itself, then every template with these values
 * and this mesh configuration. Exit code 1 when there are errors. Throws OutriggerError when a file cannot be read.
 */
export async function checkConfiguration(
  { output, ...flags }: CheckOptions,
  context: CliContext,
): Promise<void> {
  const { injectConfigFile, valuesFile = [], meshConfigFile } = flags;
  const names = [injectConfigFile, ...valuesFile, meshConfigFile];
  const readText = await textReader(names, context.stdin);
  reportFindings(findingsIn(flags, readText), 'the configuration', output, context);
}

function findingsIn(flags: ConfigurationFlags, readText: ReadText): readonly PlacedFinding[] {
  let sources: ConfigurationTextSources;
  try {
    sources = readSources(flags, readText);
  } catch (error) {
    return errorFindings(error);
  }
  const { config, values, mesh } = sources;
  const wrong = wrongManifest(config);
  if (wrong !== undefined) return [wrong];
  const broken = [
    ...attempt(
      () => parseInjectorConfig(config.text),
      (error) => blameConfig(config, error),
    ),
    ...attempt(
      () => parseValues(values.text),
      (error) => withLineOfValue(blame(values, error, values.text), values),
    ),
    ...attempt(
      () => applyMeshConfig(mesh.text),
      (error) => withLineOfValue(blame(mesh, error, mesh.text), mesh),
    ),
  ];
  const layers = valueLayers(flags, readText);
  const doubtful = [
    ...[config, ...layers, mesh].flatMap(repeatedSettings),
    ...unreadFields(config, unknownConfigFields),
    ...unreadValues(layers, config.text),
    ...unreadFields(mesh, unknownMeshFields),
  ];
  return [...broken, ...(broken.length > 0 ? [] : templateFindings(sources)), ...doubtful];
}

/** The texts that somebody has written for the values: of flags, else those beside the templates. */
function valueLayers(flags: ConfigurationFlags, readText: ReadText) {
  const nothing = () => ({ text: '{}', replaced: true });
  const given = readValues(flags, nothing, readText)?.layers;
  const { values } = readConfigurationFiles(flags, readText);
  return given ?? (values === undefined ? [] : [values]);
}

/** Every template with the values and the mesh configuration that it is going to meet. */
function templateFindings({ config, values, mesh }: ConfigurationTextSources): PlacedFinding[] {
  const parsed = parseInjectorConfig(config.text);
  // A file with nothing but a template has no place for a policy.
  const single = parsed.templates.get('sidecar') === config.fileText;
  const checked = single ? { ...parsed, policy: 'enabled' } : parsed;
  const known = bothValues(documentedValues(), valuesInUse(parseGoYaml(values.text)));
  const functions = createTemplateFunctions();
  return lintConfiguration(checked, values.text, mesh.text, functions, known).map((finding) => {
    const { template } = finding;
    return placeFinding(
      finding,
      template === undefined ? undefined : parsed.templates.get(template),
      config,
    );
  });
}
