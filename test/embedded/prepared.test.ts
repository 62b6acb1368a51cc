import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { embeddedConfiguration } from '../../src/embedded/load.ts';
import { prepareBuiltIn } from '../../src/embedded/prepare.ts';
import { preparedBuiltIn } from '../../src/embedded/prepared.ts';
import { restoreValue, storeValue } from '../../src/embedded/stored-value.ts';
import { parseTemplateTree } from '../../src/gotemplate/index.ts';
import { parseGoYaml } from '../../src/goyaml/index.ts';
import { buildConfiguration } from '../../src/inject/config/build-configuration.ts';
import { parseInjectorConfig } from '../../src/inject/config/parse-injector-config.ts';
import {
  configurationParts,
  type PreparedTexts,
  yamlReader,
} from '../../src/inject/config/prepared-texts.ts';
import { createTemplateFunctions } from '../../src/inject/functions/index.ts';
import { applyMeshConfig } from '../../src/mesh/index.ts';

const texts = embeddedConfiguration();
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'outrigger-prepared-'));
  for (const [name, text] of prepareBuiltIn()) writeFileSync(join(folder, name), text);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('what the build knows about the built-in configuration', () => {
  test.each(configurationParts)('is for %s what reading it gives', (part) => {
    expect(preparedBuiltIn(folder).yaml(part, texts[part])).toStrictEqual(parseGoYaml(texts[part]));
  });

  test('is for each template what parsing it gives', () => {
    const functions = createTemplateFunctions({ env: new Map() });
    const { templates } = parseInjectorConfig(texts.config);
    expect(templates.size).toBeGreaterThan(1);
    for (const [key, text] of templates) {
      const tree = preparedBuiltIn(folder).template(key, text);
      expect(tree).toStrictEqual(parseTemplateTree('inject', text, functions));
      expect(tree?.size).toBeGreaterThan(0);
    }
  });

  test('is given to everybody anew', () => {
    const { yaml } = preparedBuiltIn(folder);
    expect(yaml('values', texts.values)).not.toBe(yaml('values', texts.values));
  });

  test('says nothing about any other text', () => {
    const { yaml, template } = preparedBuiltIn(folder);
    expect(yaml('values', `${texts.values}#`)).toBeUndefined();
    expect(yaml('mesh', texts.values)).toBeUndefined();
    expect(template('sidecar', 'metadata: {}')).toBeUndefined();
    expect(template('missing', 'metadata: {}')).toBeUndefined();
    expect(template('../values', texts.values)).toBeUndefined();
  });

  test('need not be there', () => {
    expect(preparedBuiltIn().yaml('values', texts.values)).toBeUndefined();
    expect(preparedBuiltIn(join(folder, 'none')).yaml('mesh', texts.mesh)).toBeUndefined();
  });
});

test('a configuration is the same with it', () => {
  const functions = createTemplateFunctions({ env: new Map() });
  const configuration = (prepared?: PreparedTexts) =>
    buildConfiguration({
      ...texts,
      prepared,
      functions,
      mesh: applyMeshConfig(texts.mesh, undefined, yamlReader('mesh', prepared)),
      hash: '',
      revision: '',
      nativeSidecars: true,
      compliancePolicy: '',
      platform: '',
      trust: { environment: new Map() },
    });
  const { templates, ...known } = configuration(preparedBuiltIn(folder));
  const { templates: parsed, ...read } = configuration();
  expect(known).toStrictEqual(read);
  for (const [key, { template }] of parsed) {
    expect(templates.get(key)?.template?.().templates).toEqual(template?.().templates);
  }
});

test('values with bigints come back as they were stored', () => {
  const tree = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.bigInt(),
      fc.integer(),
      fc.string(),
      fc.constantFrom(null, true, false),
      fc.array(tie('value')),
      fc.dictionary(
        fc.string().filter((name) => name !== '__proto__'),
        tie('value'),
        { noNullPrototype: true },
      ),
    ),
  })).value;
  fc.assert(
    fc.property(tree, (value) => {
      const stored = JSON.parse(JSON.stringify(storeValue(value)));
      expect(restoreValue(stored)).toStrictEqual(value);
    }),
  );
});
