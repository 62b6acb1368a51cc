/** Exports: {@link checkConfiguration}, {@link CheckOptions}. */
import { OutriggerError } from '../../errors.ts';
import { parseGoYaml } from '../../goyaml/index.ts';
import { parseInjectorConfig } from '../../inject/config/parse-injector-config.ts';
import { createTemplateFunctions } from '../../inject/functions/index.ts';
import { lintConfiguration } from '../../lint/lint-configuration.ts';
import { applyMeshConfig, parseValues } from '../../mesh/index.ts';
import { bothValues, valuesInUse } from '../../settings/known-values.ts';
import { blameConfig } from '../configuration/blame-config.ts';
import { blame } from '../configuration/blame-file.ts';
import type { ConfigurationFlags } from '../configuration/configuration-flags.ts';
import { documentedValues } from '../configuration/known-values.ts';
import { type ConfigurationTextSources, readSources } from '../configuration/read-sources.ts';
import type { CliContext } from '../context.ts';
import { errorsIn } from '../several-errors.ts';
import { placeFinding } from './place-finding.ts';
import { type FindingsFormat, type PlacedFinding, reportFindings } from './report-findings.ts';

/** The flags of `config check`. */
export interface CheckOptions extends ConfigurationFlags {
  readonly output: FindingsFormat;
}

/**
 * Looks for mistakes in a whole configuration: each of its parts by itself, then every template with these values
 * and this mesh configuration. Exit code 1 when there are errors. Throws OutriggerError when a file cannot be read.
 */
export function checkConfiguration({ output, ...flags }: CheckOptions, context: CliContext): void {
  reportFindings(findingsIn(flags), 'the configuration', output, context);
}

function findingsIn(flags: ConfigurationFlags): readonly PlacedFinding[] {
  let sources: ConfigurationTextSources;
  try {
    sources = readSources(flags);
  } catch (error) {
    return errorFindings(error);
  }
  const { config, values, mesh, notes } = sources;
  const broken = [
    ...attempt(
      () => parseInjectorConfig(config.text),
      (error) => blameConfig(config, error),
    ),
    ...attempt(
      () => parseValues(values.text),
      (error) => blame(values, error, values.text),
    ),
    ...attempt(
      () => applyMeshConfig(mesh.text),
      (error) => blame(mesh, error, mesh.text),
    ),
  ];
  const unread = notes.flatMap((note) =>
    note.includes('nothing reads') ? [unreadValue(note)] : [],
  );
  if (broken.length > 0) return [...broken, ...unread];
  const parsed = parseInjectorConfig(config.text);
  const known = bothValues(documentedValues(), valuesInUse(parseGoYaml(values.text)));
  const found = lintConfiguration(
    parsed,
    values.text,
    mesh.text,
    createTemplateFunctions(),
    known,
  ).map((finding) => {
    const text =
      finding.template === undefined ? undefined : parsed.templates.get(finding.template);
    return placeFinding(finding, text, config);
  });
  return [...found, ...unread];
}

function unreadValue(message: string): PlacedFinding {
  return { rule: 'configuration', severity: 'warning', message };
}

function attempt(work: () => unknown, blamed: (error: unknown) => unknown): PlacedFinding[] {
  try {
    work();
    return [];
  } catch (error) {
    return errorFindings(blamed(error));
  }
}

function errorFindings(thrown: unknown): PlacedFinding[] {
  return errorsIn(thrown).map((error) => {
    // A file that cannot be read is no finding about a configuration.
    if (!(error instanceof OutriggerError) || error.code === 'OUTRIGGER_FILE') throw error;
    const { file, line, column } = error.place;
    return {
      rule: 'configuration',
      severity: 'error',
      message: error.message,
      ...(file !== undefined && { file }),
      ...(line !== undefined && { line }),
      ...(column !== undefined && { column }),
    };
  });
}
