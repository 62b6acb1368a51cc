/** What the build has to know about the built-in configuration. Exports: {@link prepareBuiltIn}. */
import { isDeepStrictEqual } from 'node:util';
import { parseTemplateTree } from '../gotemplate/index.ts';
import { parseGoYaml } from '../goyaml/index.ts';
import { nameInMessages } from '../inject/config/compile-templates.ts';
import { parseInjectorConfig } from '../inject/config/parse-injector-config.ts';
import { configurationParts } from '../inject/config/prepared-texts.ts';
import { createTemplateFunctions } from '../inject/functions/index.ts';
import { embeddedConfiguration } from './load.ts';
import { type PreparedFile, preparedFile } from './prepared.ts';
import { restoreValue, storeValue } from './stored-value.ts';

/**
 * The files for `preparedBuiltIn`, by name: the parts of the built-in configuration and its templates, read as programs
 * read them.
 *
 * @throws Error when something would not come back the same
 */
export function prepareBuiltIn(): ReadonlyMap<string, string> {
  const texts = embeddedConfiguration();
  const functions = createTemplateFunctions({ env: new Map() });
  const files = new Map<string, string>();
  for (const part of configurationParts) {
    files.set(preparedFile.part(part), fileText(texts[part], parseGoYaml(texts[part])));
  }
  for (const [key, text] of parseInjectorConfig(texts.config).templates) {
    const tree = parseTemplateTree(nameInMessages, text, functions);
    const bodies = [...tree.values()].map((template) => ({ ...template, text: '' }));
    files.set(preparedFile.template(key), fileText(text, bodies));
  }
  return files;
}

function fileText(text: string, value: unknown): string {
  const prepared: PreparedFile = { text, ...storeValue(value) };
  const written = JSON.stringify(prepared);
  if (!isDeepStrictEqual(restoreValue(JSON.parse(written)), value)) {
    throw new Error(`cannot be stored as JSON: ${text.slice(0, 60)}…`);
  }
  return written;
}
