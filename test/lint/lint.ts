import { embeddedConfiguration } from '../../src/embedded/load.ts';
import { parseGoYaml } from '../../src/goyaml/index.ts';
import { createTemplateFunctions } from '../../src/inject/functions/index.ts';
import type { Finding } from '../../src/lint/finding.ts';
import { lintTemplate } from '../../src/lint/lint-template.ts';
import { modelRuns } from '../../src/lint/model-run.ts';
import { bothValues, istioValues, valuesInUse } from '../../src/settings/known-values.ts';

const embedded = embeddedConfiguration();
const documented = parseGoYaml(embedded.values);

const lintSettings = {
  functions: createTemplateFunctions(),
  known: bothValues(valuesInUse(documented), istioValues()),
  runs: modelRuns(documented, embedded.mesh, true),
};

/** Lints a template with the built-in settings. */
export function lint(text: string): readonly Finding[] {
  return lintTemplate(text, lintSettings);
}

/** The findings in short: `12:3 rule`. */
export function inShort(findings: readonly Finding[]): string[] {
  return findings.map(({ line, column, rule }) => `${line}:${column} ${rule}`);
}
