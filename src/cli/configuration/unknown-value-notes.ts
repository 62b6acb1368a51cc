/** Exports: {@link unknownValueNotes}. */
import { parseGoYaml } from '../../goyaml/index.ts';
import { parseInjectorConfig } from '../../inject/config/parse-injector-config.ts';
import { createTemplateFunctions } from '../../inject/functions/index.ts';
import { templateFacts } from '../../lint/template-facts.ts';
import {
  bothValues,
  type KnownValues,
  type UnknownValue,
  unknownValues,
  valuesAskedFor,
} from '../../settings/known-values.ts';
import { pathText } from '../../settings/value-path.ts';
import { documentedValues } from './known-values.ts';
import { lineOfValue } from './line-of-value.ts';
import type { SourceText } from './read-sources.ts';

/**
 * What people should know about values that nothing reads: they are most likely misspelled. Known are the values of
 * Istio's charts, the documented ones, and what the templates in use ask for.
 */
export function unknownValueNotes(layers: readonly SourceText[], config: string): string[] {
  const suspects = layers.map((layer) => ({
    layer,
    unknown: unknownIn(layer, documentedValues()),
  }));
  if (suspects.every(({ unknown }) => unknown.length === 0)) return [];
  // Only now: finding out what templates ask for takes longer than all the rest.
  const known = bothValues(documentedValues(), valuesAskedFor(askedFor(config)));
  return layers.flatMap((layer) =>
    unknownIn(layer, known).map((unknown) => noteAbout(layer, unknown)),
  );
}

function unknownIn({ text }: SourceText, known: KnownValues): readonly UnknownValue[] {
  try {
    return unknownValues(parseGoYaml(text), known);
  } catch {
    // What is wrong with the text itself is told by whoever uses it.
    return [];
  }
}

function askedFor(config: string): readonly (readonly string[])[] {
  const functions = createTemplateFunctions();
  return [...parseInjectorConfig(config).templates.values()].flatMap((text) => {
    try {
      return templateFacts('inject', text, functions).values.map(({ path }) => path);
    } catch {
      // A template that does not parse is reported elsewhere.
      return [];
    }
  });
}

function noteAbout({ file, fileText }: SourceText, { path, suggestion }: UnknownValue): string {
  const line = fileText === undefined ? undefined : lineOfValue(fileText, path);
  const place = [file, line].filter((part) => part !== undefined).join(':');
  const hint = suggestion === undefined ? '' : `; did you mean ${suggestion}?`;
  return `${place === '' ? '' : `${place}: `}nothing reads the value ${pathText(path)}${hint}`;
}
