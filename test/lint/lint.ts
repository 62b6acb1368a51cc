import { embeddedConfiguration } from '../../src/embedded/load.ts';
import { parseGoYaml } from '../../src/goyaml/index.ts';
import { createTemplateFunctions } from '../../src/inject/functions/index.ts';
import type { JsonValue } from '../../src/json.ts';
import type { Finding } from '../../src/lint/finding.ts';
import { lintTemplate } from '../../src/lint/lint-template.ts';
import { bothValues, istioValues, valuesInUse } from '../../src/settings/known-values.ts';

const embedded = embeddedConfiguration();
const documented = parseGoYaml(embedded.values);

export const lintSettings = {
  functions: createTemplateFunctions(),
  values: documented,
  known: bothValues(valuesInUse(documented), istioValues()),
  mesh: embedded.mesh,
  everyBranch: true,
};

/** Lints a template with the built-in settings. */
export function lint(text: string, values?: JsonValue): readonly Finding[] {
  return lintTemplate(
    text,
    values === undefined ? lintSettings : { ...lintSettings, values, everyBranch: false },
  );
}

/** The findings in short: `12:3 rule`. */
export function inShort(findings: readonly Finding[]): string[] {
  return findings.map(({ line, column, rule }) => `${line}:${column} ${rule}`);
}
