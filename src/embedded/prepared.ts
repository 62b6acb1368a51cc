/**
 * What reading the built-in configuration gives is worked out when the package is built, because a program that runs for
 * a tenth of a second would spend a fifth of that on it. Exports: {@link preparedBuiltIn}, {@link preparedFile},
 * {@link preparedFolder}, {@link PreparedFile}.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TemplateTree } from '../gotemplate/index.ts';
import type { ConfigurationPart, PreparedTexts } from '../inject/config/prepared-texts.ts';
import type { JsonValue } from '../json.ts';
import { restoreValue, type StoredValue } from './stored-value.ts';

/** The folder beside the program where the build puts what `prepareBuiltIn` makes. */
export const preparedFolder = 'built-in';

/** What a file in there holds: a text, and what reading it gives. */
export interface PreparedFile<Value = unknown> extends StoredValue<Value> {
  readonly text: string;
}

/** The name of the file for a part of the configuration, or for a template. */
export const preparedFile = {
  part: (part: ConfigurationPart): string => `${part}.json`,
  template: (key: string): string => `template-${key}.json`,
};

/**
 * Looks texts up in a folder of the build. Where it is missing, as in the sources, or has been made for other texts,
 * nothing is known.
 */
export function preparedBuiltIn(folder = join(import.meta.dirname, preparedFolder)): PreparedTexts {
  function read<Value>(name: string, text: string): Value | undefined {
    let prepared: PreparedFile<Value>;
    try {
      prepared = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    } catch {
      return undefined;
    }
    return prepared.text === text ? restoreValue(prepared) : undefined;
  }
  return {
    yaml: (part, text) => read<JsonValue>(preparedFile.part(part), text),
    template(key, text) {
      // Keys come from a configuration, which must not choose what is read.
      if (!/^[\w-]+$/.test(key)) return undefined;
      const tree = read<readonly ParsedTemplate[]>(preparedFile.template(key), text);
      // The text, which errors need, is not stored once more for each template in it.
      return tree && new Map(tree.map((template) => [template.name, { ...template, text }]));
    },
  };
}

type ParsedTemplate = TemplateTree extends ReadonlyMap<string, infer Parsed> ? Parsed : never;
