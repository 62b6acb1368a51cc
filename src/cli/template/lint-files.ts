/** Exports: {@link lintFiles}, {@link LintOptions}. */
import { parseGoYaml } from '../../goyaml/index.ts';
import { parseInjectorConfig } from '../../inject/config/parse-injector-config.ts';
import { createTemplateFunctions } from '../../inject/functions/index.ts';
import { type LintSettings, lintTemplate } from '../../lint/lint-template.ts';
import { modelRuns } from '../../lint/model-run.ts';
import { bothValues, valuesInUse } from '../../settings/known-values.ts';
import { blameConfig } from '../configuration/blame-config.ts';
import type { ConfigurationFlags } from '../configuration/configuration-flags.ts';
import { documentedValues } from '../configuration/known-values.ts';
import { readConfigurationFiles, readSources } from '../configuration/read-sources.ts';
import type { ReadText } from '../configuration/read-text-file.ts';
import { readValues } from '../configuration/read-values.ts';
import type { CliContext } from '../context.ts';
import { errorFindings } from './error-findings.ts';
import { placeFinding } from './place-finding.ts';
import { type FindingsFormat, type PlacedFinding, reportFindings } from './report-findings.ts';
import { textReader } from './text-reader.ts';
import { wrongManifest } from './wrong-manifest.ts';

/** The flags of `template lint`. */
export interface LintOptions extends Omit<ConfigurationFlags, 'injectConfigFile'> {
  readonly output: FindingsFormat;
}

/**
 * Looks for mistakes in templates: files with one, or with an injector configuration or ConfigMap that holds
 * several. Exit code 1 when there are errors. Throws OutriggerError when a file cannot be read.
 */
export async function lintFiles(
  files: readonly string[],
  { output, ...flags }: LintOptions,
  context: CliContext,
): Promise<void> {
  const { valuesFile = [], meshConfigFile } = flags;
  const readText = await textReader([...files, ...valuesFile, meshConfigFile], context.stdin);
  const settings = lintSettings(flags, readText);
  const linted = files.map((file) => lintFile(file, readText, settings));
  const found = linted.flatMap(({ findings }) => findings);
  const count = linted.reduce((sum, { templates }) => sum + templates, 0);
  reportFindings(found, `${count} template${count === 1 ? '' : 's'}`, output, context);
}

function lintSettings(flags: ConfigurationFlags, readText: ReadText): LintSettings {
  const { values, mesh } = readSources(flags, readText);
  const nothing = () => ({ text: '{}', replaced: true });
  const written = readValues(flags, nothing, readText)?.layers ?? [];
  // Who gives values of his own means them to be read.
  const known = written
    .map(({ text }) => valuesInUse(parseGoYaml(text)))
    .reduce(bothValues, documentedValues());
  const runs = modelRuns(parseGoYaml(values.text), mesh.text, true);
  return { functions: createTemplateFunctions(), known, runs };
}

/** What is wrong with a file, and how many templates it holds. */
function lintFile(
  file: string,
  readText: ReadText,
  settings: LintSettings,
): { findings: readonly PlacedFinding[]; templates: number } {
  let config: ReturnType<typeof readConfigurationFiles>['config'];
  let templates: ReadonlyMap<string, string>;
  try {
    ({ config } = readConfigurationFiles({ injectConfigFile: file }, readText));
    if (config === undefined) return { findings: [], templates: 0 };
    const wrong = wrongManifest(config);
    if (wrong !== undefined) return { findings: [wrong], templates: 0 };
    ({ templates } = parseInjectorConfig(config.text));
  } catch (error) {
    return {
      findings: errorFindings(config === undefined ? error : blameConfig(config, error)),
      templates: 0,
    };
  }
  const { fileText } = config;
  const findings = [...templates].flatMap(([template, text]) =>
    lintTemplate(text, settings).map((finding) =>
      // A file that is a template itself needs no name for it.
      placeFinding(text === fileText ? finding : { ...finding, template }, text, config),
    ),
  );
  return { findings, templates: templates.size };
}
