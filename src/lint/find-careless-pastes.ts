/**
 * Where a template pastes text of pods so that it can become YAML. Exports: {@link findCarelessPastes},
 * {@link CarelessPaste}.
 */
import { builtins } from '../gotemplate/builtins/builtins.ts';
import type { FunctionMap } from '../gotemplate/index.ts';
import { parseGoYaml } from '../goyaml/index.ts';
import { annotations } from '../inject/annotations.ts';
import { type TemplateDataParts, templateData } from '../inject/data/template-data.ts';
import { markedFunctions } from '../inject/trust/marked-functions.ts';
import { Marks } from '../inject/trust/marks.ts';
import { structuralDifference } from '../inject/trust/same-structure.ts';
import { untrustedText } from '../inject/trust/untrusted-text.ts';
import { validateAnnotations } from '../inject/validate/validate-annotations.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { withQuotedYaml } from './marked-yaml.ts';
import { modelPods } from './model-pods.ts';
import { modelParts } from './model-run.ts';
import type { ModelSettings } from './model-settings.ts';
import type { SourceText } from './source-text.ts';
import type { TemplateFacts } from './template-facts.ts';
import { TracedTemplate } from './traced-template.ts';

/** A place in the template's source, and whose text is pasted there. */
export interface CarelessPaste {
  readonly index: number;
  /** `annotation example.com/x` or `label app`. */
  readonly subject: string;
}

/** Text that gets out of every place that does not keep it in. */
const hostile = `x"y'z: {q}, # w\n - v: [*u]\nt: !s &r |`;
const hostileValues: readonly string[] = [
  hostile,
  JSON.stringify({ [hostile]: hostile }),
  JSON.stringify({ [hostile]: { x: 'y' } }),
  JSON.stringify({ x: { [hostile]: hostile } }),
];

/** Runs the template on pods with hostile text, each piece of text by itself. */
export function findCarelessPastes(
  name: string,
  source: SourceText,
  functions: FunctionMap,
  facts: TemplateFacts,
  settings: readonly ModelSettings[],
  mesh: string,
): readonly CarelessPaste[] {
  const marks = new Marks(0);
  const { and: _, or: __, call: ___, ...comparing } = builtins;
  const marked = withQuotedYaml(
    markedFunctions({ ...comparing, ...functions }, () => marks),
    marks,
  );
  const template = new TracedTemplate(name, source, { ...builtins, ...functions }, marked);
  const found = new Map<string, CarelessPaste>();
  for (const { subject, pods } of attempts(facts)) {
    for (const pod of pods) {
      for (const setting of settings) {
        for (const index of pastesIn(template, pod, subject, setting, mesh, marks)) {
          found.set(`${index} ${subject}`, { index, subject });
        }
      }
    }
  }
  return [...found.values()];
}

/** Each piece of text that the template reads, and pods in which it is hostile. */
function attempts(facts: TemplateFacts): { subject: string; pods: JsonObject[] }[] {
  const names = (references: TemplateFacts['annotations']): string[] => [
    ...new Set(references.map(({ path: [name = ''] }) => name)),
  ];
  return [
    // Its text is part of the computed image name.
    ...[...names(facts.annotations), annotations.proxyImageType].map((name) => ({
      subject: `annotation ${name}`,
      pods: hostileValues.map((value) => withText('annotations', name, value)),
    })),
    ...names(facts.labels).map((name) => ({
      subject: `label ${name}`,
      pods: [withText('labels', name, hostile)],
    })),
    {
      subject: `annotation ${annotations.proxyConfig}`,
      pods: [
        withText(
          'annotations',
          annotations.proxyConfig,
          JSON.stringify({ proxyMetadata: { [hostile]: hostile } }),
        ),
      ],
    },
  ];
}

/** The pod with everything in it, and one text exchanged. */
function withText(map: 'annotations' | 'labels', name: string, text: string): JsonObject {
  const pod: JsonObject = modelPods[2]?.pod ?? {};
  const metadata = pod['metadata'] as JsonObject;
  const texts = { ...(metadata[map] as JsonObject | undefined), [name]: text };
  return { ...pod, metadata: { ...metadata, [map]: texts } };
}

function pastesIn(
  template: TracedTemplate,
  pod: JsonObject,
  subject: string,
  settings: ModelSettings,
  mesh: string,
  marks: Marks,
): readonly number[] {
  const parts = modelParts(pod, settings, mesh);
  // What the injector refuses before the template runs does no harm.
  if (validateAnnotations(parts.view) !== undefined) return [];
  const data = templateData(markedParts(parts, subject, settings, mesh, marks));
  let overlay: JsonValue;
  let output: ReturnType<TracedTemplate['execute']>;
  try {
    output = template.execute(data);
    overlay = parseGoYaml(output.text);
  } catch {
    return [];
  }
  const { text, sourceOf } = output;
  const places = new Set<number>();
  for (let at = 0; at < text.length; at++) {
    if (marks.meaning(text.charAt(at)) !== undefined) places.add(sourceOf(at));
  }
  return [...places].filter((place) => changesStructure(place, text, sourceOf, overlay, marks));
}

function markedParts(
  parts: TemplateDataParts,
  subject: string,
  settings: ModelSettings,
  mesh: string,
  marks: Marks,
): TemplateDataParts {
  const trusted = modelParts({ metadata: { name: 'model' }, spec: {} }, settings, mesh);
  return untrustedText(parts, trusted.proxyConfig).marked(new Set([subject]), marks);
}

/** True when the overlay changes once the text that was pasted at this one place is what it is. */
function changesStructure(
  place: number,
  text: string,
  sourceOf: (index: number) => number,
  overlay: JsonValue,
  marks: Marks,
): boolean {
  let real = '';
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    const meaning = marks.meaning(character);
    real += meaning === undefined || sourceOf(at) !== place ? character : meaning;
  }
  try {
    return structuralDifference(parseGoYaml(real), overlay, marks) !== undefined;
  } catch {
    return true;
  }
}
