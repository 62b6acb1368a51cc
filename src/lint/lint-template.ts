/** Exports: {@link lintTemplate}, {@link LintSettings}. */
import { builtins } from '../gotemplate/builtins/builtins.ts';
import {
  type FunctionMap,
  parseTemplate,
  type Template,
  TemplateExecError,
  TemplateParseError,
} from '../gotemplate/index.ts';
import { templateData } from '../inject/data/template-data.ts';
import { type KnownValues, knowsValue, suggestedPath } from '../settings/known-values.ts';
import { pathText } from '../settings/value-path.ts';
import { checkOverlay } from './check-overlay.ts';
import { findCarelessPastes } from './find-careless-pastes.ts';
import { type Finding, finding } from './finding.ts';
import { modelPods } from './model-pods.ts';
import type { ModelRun } from './model-run.ts';
import { SourceText } from './source-text.ts';
import { type TemplateFacts, templateFacts } from './template-facts.ts';
import { type TracedOutput, TracedTemplate } from './traced-template.ts';

/** What a template is looked at with. */
export interface LintSettings {
  readonly functions: FunctionMap;
  /** Every name of a value that is all right to read. */
  readonly known: KnownValues;
  readonly runs: readonly ModelRun[];
}

/** The name of every template in messages; see `compile-templates.ts`. */
const templateName = 'inject';

/** Looks for mistakes in a template: reads it, then runs it on model pods. Findings are sorted by place. */
export function lintTemplate(text: string, settings: LintSettings): readonly Finding[] {
  const source = new SourceText(text);
  let facts: TemplateFacts;
  try {
    facts = templateFacts(templateName, text, settings.functions);
  } catch (error) {
    if (!(error instanceof TemplateParseError)) throw error;
    const { reason, line, column } = error;
    return [finding('parse-error', reason, { line, column: column + 1 })];
  }
  const others = notForPods(facts);
  if (others !== undefined) return [others];
  const read = referenceFindings(source, facts, settings.known);
  const found = [...read, ...runFindings(source, settings)];
  // A template that fails is not worth attacking.
  const failed = found.some(({ rule }) => rule === 'execution-error' || rule === 'invalid-yaml');
  if (!failed) {
    const { functions, runs } = settings;
    for (const { index, subject } of findCarelessPastes(
      templateName,
      source,
      functions,
      facts,
      runs,
    )) {
      found.push(
        finding(
          'text-becomes-structure',
          `the text of ${subject} can become YAML here: quote it, as in {{ … | quote }}`,
          source.placeOf(index),
        ),
      );
    }
  }
  return sorted(found);
}

/** Names that only the data of Istio's gateway controller has (`pilot/pkg/config/kube/gateway`). */
const gatewayFields: ReadonlySet<string> = new Set([
  'DeploymentName',
  'GatewayClass',
  'GatewayNameLabel',
  'InfrastructureAnnotations',
  'InfrastructureLabels',
]);

function notForPods({ unknownFields }: TemplateFacts): Finding | undefined {
  const fields = unknownFields.map(({ path }) => path.at(-1) ?? '');
  if (fields.filter((field) => gatewayFields.has(field)).length < 2) return undefined;
  return finding(
    'not-for-pods',
    "the template is for the gateway controller's data; a pod that names it is refused",
    undefined,
  );
}

function referenceFindings(
  source: SourceText,
  facts: TemplateFacts,
  known: KnownValues,
): readonly Finding[] {
  const at = (offset: number) => source.placeOfOffset(offset);
  const chainAt = (offset: number) => source.placeOfChain(offset);
  return [
    ...facts.undefinedTemplates.map(({ path, offset }) =>
      finding('undefined-template', `template "${path[0]}" is not defined`, at(offset)),
    ),
    ...facts.unknownFields.map(({ path: [type = '', name = ''], offset }) =>
      finding('unknown-field', `can't evaluate field ${name} in type ${type}`, chainAt(offset)),
    ),
    ...facts.values
      .filter(({ path }) => !knowsValue(known, path))
      .map(({ path, offset }) => {
        const near = suggestedPath(path, known);
        const hint = near === undefined ? '' : `; did you mean ${near}?`;
        const message = `no value ${pathText(path)} is known${hint}`;
        return finding('unknown-value', message, chainAt(offset));
      }),
    ...facts.unusedTemplates.map((name) => {
      const index = source.text.search(
        new RegExp(`\\{\\{-?\\s*(?:define|block)\\s+["\`]${escaped(name)}["\`]`),
      );
      return finding(
        'unused-template',
        `template "${name}" is never used`,
        index < 0 ? undefined : source.placeOf(index),
      );
    }),
  ];
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

function runFindings(source: SourceText, { functions, runs }: LintSettings): readonly Finding[] {
  const all = { ...builtins, ...functions };
  const traced = new TracedTemplate(templateName, source, all, functions);
  const found: Finding[] = [];
  const checked = new Set<string>();
  for (const run of runs) {
    for (const { name, pod } of modelPods) {
      const situation = `for ${name}${run.name === '' ? '' : ` ${run.name}`}`;
      const data = templateData(run.partsOf(pod));
      let output: TracedOutput;
      try {
        output = traced.execute(data);
      } catch {
        // Once more as it is, for the place of the error.
        const failure = failureOf(parseTemplate(templateName, source.text, { functions }), data);
        if (failure !== undefined) found.push(executionFinding(failure, situation));
        continue;
      }
      const { text, sourceOf } = output;
      // Many a template makes the same of most pods.
      if (checked.has(text)) continue;
      checked.add(text);
      for (const { rule, message, index } of checkOverlay(text)) {
        found.push(finding(rule, `${message} (${situation})`, source.placeOf(sourceOf(index))));
      }
    }
  }
  return found;
}

function failureOf(template: Template, data: unknown): unknown {
  try {
    template.execute(data);
    return undefined;
  } catch (error) {
    return error;
  }
}

function executionFinding(error: unknown, situation: string): Finding {
  if (!(error instanceof TemplateExecError)) throw error;
  const { reason, context, line, column } = error;
  const message = `<${context}>: ${reason} (${situation})`;
  return finding('execution-error', message, { line, column: column + 1 });
}

/** By place; of what is said about one place for several pods, the first. */
function sorted(findings: readonly Finding[]): readonly Finding[] {
  const placeOf = ({ line, column }: Finding) => `${line}:${column}`;
  // What cannot be read makes the template fail as well.
  const unreadable = new Set(
    findings.filter(({ rule }) => rule === 'unknown-field').map((each) => placeOf(each)),
  );
  const kept = new Map<string, Finding>();
  for (const each of findings) {
    if (each.rule === 'execution-error' && unreadable.has(placeOf(each))) continue;
    const what = each.message.replace(/ \(for [^()]*\)$/, '');
    const key = `${each.rule} ${placeOf(each)} ${what}`;
    if (!kept.has(key)) kept.set(key, each);
  }
  return [...kept.values()].sort(
    (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
}
