/** Exports: {@link showConfiguration}, {@link ShowOptions}. */
import { stringify } from 'yaml';
import { OutriggerError } from '../../errors.ts';
import { parseGoYaml } from '../../goyaml/index.ts';
import { parseInjectorConfig } from '../../inject/config/parse-injector-config.ts';
import { isJsonObject, type JsonObject } from '../../json.ts';
import { configMapNames } from '../../serving/config-map-source.ts';
import { blameConfig } from '../configuration/blame-config.ts';
import type { ConfigurationFlags } from '../configuration/configuration-flags.ts';
import { readSources, type SourceText } from '../configuration/read-sources.ts';
import type { ReadText } from '../configuration/read-text-file.ts';
import type { CliContext } from '../context.ts';
import { textReader } from './text-reader.ts';

/** The flags of `config show`. */
export interface ShowOptions extends ConfigurationFlags {
  readonly namespace: string;
  /** `name=file`, each a template to add, or to put in the place of another. */
  readonly template?: readonly string[];
}

/**
 * Prints the configuration that flags name as the two ConfigMaps that an injector reads. Throws OutriggerError when
 * a file cannot be read.
 */
export async function showConfiguration(
  { namespace, template = [], ...flags }: ShowOptions,
  context: CliContext,
): Promise<void> {
  const added = template.map((text) => nameAndFile(text));
  const { injectConfigFile, valuesFile = [], meshConfigFile, revision = '' } = flags;
  const files = added.map(({ file }) => file);
  const readText = await textReader(
    [injectConfigFile, ...valuesFile, meshConfigFile, ...files],
    context.stdin,
  );
  const { config, values, mesh } = readSources(flags, readText);
  const names = configMapNames(revision);
  const maps = [
    configMap(names.injector, namespace, {
      config: withTemplates(config, added, readText),
      values: values.text,
    }),
    configMap(names.mesh, namespace, { mesh: mesh.text }),
  ];
  context.stdout.write(maps.map((each) => written(each)).join('---\n'));
}

interface AddedTemplate {
  readonly name: string;
  readonly file: string;
}

function nameAndFile(text: string): AddedTemplate {
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1) {
    throw new OutriggerError(
      'OUTRIGGER_USAGE',
      `--template takes <name>=<file>, not ${JSON.stringify(text)}`,
      { hint: 'For example --template log-shipper=log-shipper.yaml.' },
    );
  }
  return { name: text.slice(0, at), file: text.slice(at + 1) };
}

/** The injector configuration with more templates, in block YAML that people can edit. */
function withTemplates(
  config: SourceText,
  added: readonly AddedTemplate[],
  readText: ReadText,
): string {
  try {
    // For its errors only: what it passes over is kept.
    parseInjectorConfig(config.text);
  } catch (error) {
    throw blameConfig(config, error);
  }
  const parsed = parseGoYaml(config.text);
  const all = isJsonObject(parsed) ? parsed : {};
  const templates = isJsonObject(all['templates']) ? all['templates'] : {};
  const more = added.map(({ name, file }) => [name, readText(file)]);
  return written({
    policy: 'enabled',
    ...all,
    templates: { ...templates, ...Object.fromEntries(more) },
  });
}

function configMap(name: string, namespace: string, data: JsonObject): JsonObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data };
}

function written(value: JsonObject): string {
  return stringify(value, { lineWidth: 0, blockQuote: 'literal' });
}
