/**
 * Where a template pastes text of pods so that it can become YAML. Exports: {@link findCarelessPastes},
 * {@link CarelessPaste}.
 */
import { builtins } from '../gotemplate/builtins/builtins.ts';
import type { FunctionMap, GoFunction } from '../gotemplate/index.ts';
import { parseGoYaml } from '../goyaml/index.ts';
import { annotations } from '../inject/annotations.ts';
import { templateData } from '../inject/data/template-data.ts';
import { markedFunctions } from '../inject/trust/marked-functions.ts';
import { Marks } from '../inject/trust/marks.ts';
import { structuralDifference } from '../inject/trust/same-structure.ts';
import { untrustedText } from '../inject/trust/untrusted-text.ts';
import { validateAnnotations } from '../inject/validate/validate-annotations.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { withQuotedYaml } from './marked-yaml.ts';
import { annotatedPod } from './model-pods.ts';
import type { ModelRun } from './model-run.ts';
import type { SourceText } from './source-text.ts';
import type { TemplateFacts } from './template-facts.ts';
import { type TracedOutput, TracedTemplate } from './traced-template.ts';

/** A place in the template's source, and whose text is pasted there. */
export interface CarelessPaste {
  readonly index: number;
  /** `annotation example.com/x` or `label app`. */
  readonly subject: string;
}

/** Text that gets out of every place that does not keep it in. */
const hostile = `x"y'z: {q}, # w\n - v: [*u]\nt: !s &r |`;
const plainAttempts: readonly string[] = [hostile, JSON.stringify({ [hostile]: hostile })];
/** For what a template parses: as a name and as a value, in a place where it expects more structure. */
const parsedAttempts: readonly string[] = [
  JSON.stringify({ [hostile]: { x: 'y' } }),
  JSON.stringify({ x: { [hostile]: hostile } }),
];
const parsers: readonly string[] = ['fromJSON', 'fromJson', 'mustFromJson'];

/** Runs the template on pods with hostile text, each piece of text by itself. */
export function findCarelessPastes(
  name: string,
  source: SourceText,
  functions: FunctionMap,
  facts: TemplateFacts,
  runs: readonly ModelRun[],
): readonly CarelessPaste[] {
  const search = new Search(name, source, functions);
  const found: CarelessPaste[] = [];
  for (const { map, key, values } of attempts(facts)) {
    const subject = `${map === 'labels' ? 'label' : 'annotation'} ${key}`;
    const places = new Set<number>();
    const attempt = (value: string): void => {
      const pod = withText(map, key, value);
      // What the injector refuses before the template runs does no harm.
      if (validateAnnotations(pod) !== undefined) return;
      for (const run of runs) {
        for (const place of search.pastesIn(pod, subject, run)) places.add(place);
      }
    };
    search.parsed = false;
    values.forEach(attempt);
    if (search.parsed) parsedAttempts.forEach(attempt);
    found.push(...[...places].map((index) => ({ index, subject })));
  }
  return found;
}

interface Attempt {
  readonly map: 'annotations' | 'labels';
  readonly key: string;
  readonly values: readonly string[];
}

/** Each piece of text that the template reads, and what to try there. */
function attempts(facts: TemplateFacts): readonly Attempt[] {
  const names = (references: TemplateFacts['annotations']): Set<string> =>
    new Set(references.map(({ path: [name = ''] }) => name));
  // Its text is part of the computed image name.
  const annotationNames = names(facts.annotations).add(annotations.proxyImageType);
  annotationNames.delete(annotations.proxyConfig);
  const metadata = JSON.stringify({ proxyMetadata: { [hostile]: hostile } });
  return [
    ...[...annotationNames].map((key) => ({
      map: 'annotations' as const,
      key,
      values: plainAttempts,
    })),
    ...[...names(facts.labels)].map((key) => ({ map: 'labels' as const, key, values: [hostile] })),
    { map: 'annotations', key: annotations.proxyConfig, values: [metadata] },
  ];
}

/** The pod with every annotation, and one text exchanged. */
function withText(map: 'annotations' | 'labels', name: string, text: string): JsonObject {
  const metadata = annotatedPod['metadata'] as JsonObject;
  const texts = { ...(metadata[map] as JsonObject | undefined), [name]: text };
  return { ...annotatedPod, metadata: { ...metadata, [map]: texts } };
}

/** A template under attack. */
class Search {
  /** The template has parsed text that was marked. */
  parsed = false;
  readonly #marks = new Marks(0);
  readonly #template: TracedTemplate;

  constructor(name: string, source: SourceText, functions: FunctionMap) {
    const { and: _, or: __, call: ___, ...comparing } = builtins;
    const marked = withQuotedYaml(
      markedFunctions({ ...comparing, ...this.#noticingParsers(functions) }, () => this.#marks),
      this.#marks,
    );
    this.#template = new TracedTemplate(name, source, { ...builtins, ...functions }, marked);
  }

  /** The functions that work on text without marks, made to tell when the text is the hostile one. */
  #noticingParsers(functions: FunctionMap): FunctionMap {
    const noticing = parsers.flatMap((name): [string, GoFunction][] => {
      const fn = functions[name];
      if (fn === undefined) return [];
      const parse = fn.call as (...args: unknown[]) => unknown;
      const call = (...args: never[]): unknown => {
        this.parsed ||= args.some((arg) => String(arg).includes('*u'));
        return parse(...args);
      };
      return [[name, { ...fn, call }]];
    });
    return { ...functions, ...Object.fromEntries(noticing) };
  }

  /** The places in the source where the text of the subject changes more than a string. */
  pastesIn(pod: JsonObject, subject: string, run: ModelRun): readonly number[] {
    const marked = untrustedText(run.partsOf(pod), run.trusted).marked(
      new Set([subject]),
      this.#marks,
    );
    let output: TracedOutput;
    let overlay: JsonValue;
    try {
      output = this.#template.execute(templateData(marked));
      if (!this.#marks.in(output.text)) return [];
      overlay = parseGoYaml(output.text);
    } catch {
      return [];
    }
    if (!this.#changes(this.#marks.unmark(output.text), overlay)) return [];
    return this.#placesIn(output).filter((place) =>
      this.#changes(this.#unmarkedAt(place, output), overlay),
    );
  }

  #changes(text: string, overlay: JsonValue): boolean {
    try {
      return structuralDifference(parseGoYaml(text), overlay, this.#marks) !== undefined;
    } catch {
      return true;
    }
  }

  #placesIn({ text, sourceOf }: TracedOutput): readonly number[] {
    const places = new Set<number>();
    for (let at = 0; at < text.length; at++) {
      if (this.#marks.meaning(text.charAt(at)) !== undefined) places.add(sourceOf(at));
    }
    return [...places];
  }

  /** The output with the text that was pasted at this one place as it is. */
  #unmarkedAt(place: number, { text, sourceOf }: TracedOutput): string {
    let real = '';
    for (let at = 0; at < text.length; at++) {
      const character = text.charAt(at);
      const meaning = this.#marks.meaning(character);
      real += meaning === undefined || sourceOf(at) !== place ? character : meaning;
    }
    return real;
  }
}
