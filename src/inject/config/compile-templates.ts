/**
 * The templates of an injector configuration, ready to run. Exports: {@link compileTemplates},
 * {@link CompiledTemplate}.
 */
import { OutriggerError } from '../../errors.ts';
import {
  type FunctionMap,
  parseTemplate,
  type Template,
  TemplateParseError,
} from '../../gotemplate/index.ts';
import type { InjectorConfig } from './injector-config.ts';

/** A template that was parsed once and runs any number of times. */
export type CompiledTemplate = Pick<Template, 'execute'>;

/** The name that every template has in messages, whatever its key (`pkg/kube/inject/template.go`). */
const nameInMessages = 'inject';

/**
 * Parses all templates of a configuration. One that does not parse spoils the lot: a pod must not find out that its template
 * is broken. Each is a set of its own, so `define` blocks are not shared.
 *
 * @throws OutriggerError `OUTRIGGER_TEMPLATE`, with the template's key and Go's message
 */
export function compileTemplates(
  config: Pick<InjectorConfig, 'templates'>,
  functions: FunctionMap,
): ReadonlyMap<string, CompiledTemplate> {
  const compiled = new Map<string, CompiledTemplate>();
  for (const [key, text] of config.templates) {
    try {
      compiled.set(key, parseTemplate(nameInMessages, text, { functions }));
    } catch (cause) {
      if (cause instanceof TemplateParseError) throw refusal(key, cause);
      throw cause;
    }
  }
  return compiled;
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
