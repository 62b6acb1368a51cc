import { describe, expect, it } from 'vitest';
import { embeddedConfiguration } from '../../src/embedded/load.ts';
import { parseGoYaml } from '../../src/goyaml/index.ts';
import { parseInjectorConfig } from '../../src/inject/config/parse-injector-config.ts';
import { createTemplateFunctions } from '../../src/inject/functions/index.ts';
import { isJsonObject, type JsonValue } from '../../src/json.ts';
import { templateFacts } from '../../src/lint/template-facts.ts';
import { knowsValue, valuesAskedFor, valuesInUse } from '../../src/settings/known-values.ts';

/** What the injector itself reads of the values. */
const readByInjector = [
  ['global', 'hub'],
  ['global', 'tag'],
  ['global', 'variant'],
  ['global', 'platform'],
  ['pilot', 'env', 'COMPLIANCE_POLICY'],
  ['sidecarInjectorWebhook', 'rewriteAppHTTPProbe'],
];

function leavesOf(value: JsonValue, path: readonly string[] = []): readonly (readonly string[])[] {
  if (!isJsonObject(value) || Object.keys(value).length === 0) return [path];
  return Object.entries(value).flatMap(([key, member]) => leavesOf(member, [...path, key]));
}

describe('templates/values.yaml', () => {
  const { config, values } = embeddedConfiguration();
  const documented = parseGoYaml(values);
  const functions = createTemplateFunctions();
  const asked = [...parseInjectorConfig(config).templates.values()].flatMap((text) =>
    templateFacts('inject', text, functions).values.map(({ path }) => path),
  );

  it('has every value that a template reads', () => {
    const known = valuesInUse(documented);
    const missing = asked.filter((path) => !knowsValue(known, path));
    expect(missing.map((path) => path.join('.'))).toEqual([]);
  });

  it('has none that nothing reads', () => {
    const read = valuesAskedFor([...asked, ...readByInjector]);
    const unread = leavesOf(documented).filter((path) => !knowsValue(read, path));
    expect(unread.map((path) => path.join('.'))).toEqual([]);
  });
});
