/** Exports: {@link lintFiles}, {@link LintOptions}. */
import { parseGoYaml } from '../../goyaml/index.ts';
import { parseInjectorConfig } from '../../inject/config/parse-injector-config.ts';
import { createTemplateFunctions } from '../../inject/functions/index.ts';
import { lintTemplate } from '../../lint/lint-template.ts';
import { modelRuns } from '../../lint/model-run.ts';
import { bothValues, valuesInUse } from '../../settings/known-values.ts';
import type { ConfigurationFlags } from '../configuration/configuration-flags.ts';
import { documentedValues } from '../configuration/known-values.ts';
import { readSources } from '../configuration/read-sources.ts';
import { readTextFile } from '../configuration/read-text-file.ts';
import { readValues } from '../configuration/read-values.ts';
import type { CliContext } from '../context.ts';
import { placeFinding } from './place-finding.ts';
import { type FindingsFormat, type PlacedFinding, reportFindings } from './report-findings.ts';

/** The flags of `template lint`. */
export interface LintOptions extends Omit<ConfigurationFlags, 'injectConfigFile'> {
  readonly output: FindingsFormat;
}

/**
 * Looks for mistakes in templates: files with one, or with an injector configuration or ConfigMap that holds
 * several. Exit code 1 when there are errors. Throws OutriggerError when a file cannot be read.
 */
export function lintFiles(
  files: readonly string[],
  { output, ...flags }: LintOptions,
  context: CliContext,
): void {
  const { values, mesh } = readSources(flags);
  const written = readValues(flags, () => ({ text: '{}', replaced: true }))?.layers ?? [];
  // Who gives values of his own means them to be read.
  const known = written
    .map(({ text }) => valuesInUse(parseGoYaml(text)))
    .reduce(bothValues, documentedValues());
  const settings = {
    functions: createTemplateFunctions(),
    known,
    runs: modelRuns(parseGoYaml(values.text), mesh.text, true),
  };
  const found: PlacedFinding[] = [];
  let count = 0;
  for (const file of files) {
    const { config } = readSources({ injectConfigFile: file });
    const single = config.text !== undefined && isSingle(config.text, file);
    for (const [name, text] of parseInjectorConfig(config.text).templates) {
      count++;
      for (const finding of lintTemplate(text, settings)) {
        found.push(placeFinding(single ? finding : { ...finding, template: name }, text, config));
      }
    }
  }
  reportFindings(found, `${count} template${count === 1 ? '' : 's'}`, output, context);
}

/** A file that is a template itself needs no name for it. */
function isSingle(config: string, file: string): boolean {
  const [text, ...more] = parseInjectorConfig(config).templates.values();
  return more.length === 0 && text === readTextFile(file);
}
