/**
 * The templates of an injector configuration, ready to run. Exports: {@link compileTemplates},
 * {@link compileTemplatesOnDemand}, {@link CompiledTemplate}.
 */
import { OutriggerError } from '../../errors.ts';
import {
  type FunctionMap,
  parseTemplate,
  type Template,
  TemplateParseError,
} from '../../gotemplate/index.ts';
import { type GuardedTemplate, guardedTemplate } from '../trust/guarded-template.ts';
import type { InjectorConfig } from './injector-config.ts';
import type { PreparedTexts } from './prepared-texts.ts';

/** A template that was parsed once and runs any number of times. */
export interface CompiledTemplate extends Pick<Template, 'execute'> {
  /** The template itself; absent where something else stands in for one. */
  readonly template?: () => Template;
  /** What is needed to check that text of a pod stays text in what it makes. */
  readonly guarded?: GuardedTemplate;
  /** See {@link Template.isPure}; absent where nobody knows. */
  readonly isPure?: () => boolean;
}

/** The name that every template has in messages, whatever its key (`pkg/kube/inject/template.go`). */
export const nameInMessages = 'inject';

/**
 * Parses all templates of a configuration. One that does not parse spoils the lot: a pod must not find out that its template
 * is broken. Each is a set of its own, so `define` blocks are not shared.
 *
 * @param prepared for the same functions
 * @throws OutriggerError `OUTRIGGER_TEMPLATE`, with the template's key and Go's message
 */
export function compileTemplates(
  config: Pick<InjectorConfig, 'templates'>,
  functions: FunctionMap,
  prepared?: PreparedTexts,
): ReadonlyMap<string, CompiledTemplate> {
  return mapTemplates(config, (key, text) => compile(key, text, functions, prepared));
}

/**
 * The same for a program that runs once and uses one template of many: `needed` are compiled now, the others
 * when they first run, which then throws.
 */
export function compileTemplatesOnDemand(
  config: Pick<InjectorConfig, 'templates'>,
  functions: FunctionMap,
  needed: readonly string[],
  prepared?: PreparedTexts,
): ReadonlyMap<string, CompiledTemplate> {
  return mapTemplates(config, (key, text) => {
    if (needed.includes(key)) return compile(key, text, functions, prepared);
    let compiled: Template | undefined;
    const template = (): Template => {
      compiled ??= parse(key, text, functions, prepared);
      return compiled;
    };
    return {
      template,
      execute: (data) => template().execute(data),
      isPure: () => template().isPure(),
      guarded: guardedTemplate(nameInMessages, text, functions),
    };
  });
}

function mapTemplates(
  { templates }: Pick<InjectorConfig, 'templates'>,
  make: (key: string, text: string) => CompiledTemplate,
): ReadonlyMap<string, CompiledTemplate> {
  return new Map([...templates].map(([key, text]) => [key, make(key, text)]));
}

function compile(
  key: string,
  text: string,
  functions: FunctionMap,
  prepared: PreparedTexts | undefined,
): CompiledTemplate {
  const template = parse(key, text, functions, prepared);
  return {
    template: () => template,
    execute: (data) => template.execute(data),
    isPure: () => template.isPure(),
    guarded: guardedTemplate(nameInMessages, text, functions),
  };
}

function parse(
  key: string,
  text: string,
  functions: FunctionMap,
  prepared: PreparedTexts | undefined,
): Template {
  try {
    return parseTemplate(nameInMessages, text, {
      functions,
      tree: prepared?.template(key, text),
    });
  } catch (cause) {
    if (cause instanceof TemplateParseError) throw refusal(key, cause);
    throw cause;
  }
}

function refusal(key: string, cause: TemplateParseError): OutriggerError {
  return new OutriggerError('OUTRIGGER_TEMPLATE', `template "${key}": ${cause.message}`, {
    place: { path: `templates.${key}`, line: cause.line },
    hint: hintFor(cause),
    cause,
  });
}

function hintFor({ reason, line }: TemplateParseError): string {
  return /^function .* not defined$/.test(reason)
    ? 'The template may be made for another version of Istio; use the one that belongs to this injector, or take the function out.'
    : `Look at line ${line} of the template and the one before it.`;
}
