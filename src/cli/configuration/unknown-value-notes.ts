/** Exports: {@link unknownValueNotes}, {@link unreadValuesIn}, {@link UnreadValue}. */
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
import { placeOfValue } from './line-of-value.ts';
import type { SourceText } from './read-sources.ts';

/** A value that nothing reads, and where it is written as far as that is known. */
export interface UnreadValue {
  readonly message: string;
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly lineText: string | undefined;
}

/** {@link unreadValuesIn} as texts for people. */
export function unknownValueNotes(layers: readonly SourceText[], config: string): string[] {
  return unreadValuesIn(layers, config).map(({ message, file, line }) => {
    const place = [file, line].filter((part) => part !== undefined).join(':');
    return place === '' ? message : `${place}: ${message}`;
  });
}

/**
 * What people should know about values that nothing reads: they are most likely misspelled. Known are the values of
 * Istio's charts, the documented ones, and what the templates in use ask for.
 */
export function unreadValuesIn(
  layers: readonly SourceText[],
  config: string,
): readonly UnreadValue[] {
  const suspects = layers.map((layer) => unknownIn(layer, documentedValues()));
  if (suspects.every((unknown) => unknown.length === 0)) return [];
  // Only now: finding out what templates ask for takes longer than all the rest.
  const known = bothValues(documentedValues(), valuesAskedFor(askedFor(config)));
  return layers.flatMap((layer) =>
    unknownIn(layer, known).map((unknown) => describe(layer, unknown)),
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

function describe(layer: SourceText, { path, suggestion }: UnknownValue): UnreadValue {
  const found = placeOfValue(layer, path);
  const hint = suggestion === undefined ? '' : `; did you mean ${suggestion}?`;
  return {
    message: `nothing reads the value ${pathText(path)}${hint}`,
    file: layer.file,
    line: found?.line,
    lineText: found?.text,
  };
}
