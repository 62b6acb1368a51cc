/** Exports: {@link renderTemplateFor}, {@link RenderOptions}. */

import { OutriggerError } from '../../errors.ts';
import { parseGoYaml, stringifyGoYaml } from '../../goyaml/index.ts';
import type { CompiledTemplate } from '../../inject/config/compile-templates.ts';
import { offlineConfiguration } from '../../inject/config/offline-configuration.ts';
import { builtInKinds, createInjector, injectObject } from '../../inject/index.ts';
import { parseDocument } from '../../manifest/documents/parse-document.ts';
import { splitDocuments } from '../../manifest/documents/split-documents.ts';
import { loadConfiguration } from '../configuration/load-configuration.ts';
import type { CliContext } from '../context.ts';
import type { InjectionFlags } from '../documents/injection-flags.ts';
import { readInput } from '../documents/read-input.ts';
import { findTemplate } from './list-templates.ts';

/** The flags of `template render`. */
export interface RenderOptions extends Omit<InjectionFlags, 'filename'> {
  readonly filename: string;
  readonly output: 'text' | 'yaml' | 'json';
}

/**
 * Prints what a template renders to for each pod in a manifest, before anything is merged. Throws OutriggerError
 * when the template fails, or there is no pod.
 */
export async function renderTemplateFor(
  name: string,
  { filename, output, ...flags }: RenderOptions,
  context: CliContext,
): Promise<void> {
  const loaded = await loadConfiguration(flags, {
    nativeSidecars:
      (flags.nativeSidecars ?? context.env.ENABLE_NATIVE_SIDECARS ?? 'true') !== 'false',
    env: context.env,
    neededTemplates: [name],
  });
  const configuration = offlineConfiguration(loaded.configuration);
  findTemplate(configuration.config, name);
  const rendered: string[] = [];
  // Whatever templates the pod asks for, it gets this one.
  const templates = new OnlyTemplate(configuration.templates.get(name), (text) => {
    rendered.push(text);
  });
  const injector = createInjector({ ...configuration, templates }, 'offline');
  for await (const document of splitDocuments(readInput(filename, context))) {
    const object = parseDocument(document);
    if (object === undefined) continue;
    const before = rendered.length;
    for (const { result } of injectObject(injector, object, builtInKinds).workloads) {
      // Merging is not asked for: what comes after the template may fail.
      if (rendered.length > before || result.outcome === 'injected') continue;
      throw notRendered(name, result);
    }
  }
  if (rendered.length === 0) {
    throw new OutriggerError('OUTRIGGER_MANIFEST', `there is no pod in ${filename}`, {
      hint: 'Name a manifest with a Pod, or with a workload that has a pod template.',
    });
  }
  context.stdout.write(rendered.map((text) => written(text, output)).join('---\n'));
}

function notRendered(
  name: string,
  result: ReturnType<typeof injectObject>['workloads'][number]['result'],
): OutriggerError {
  const reason =
    result.outcome === 'failed'
      ? result.error.message
      : 'message' in result
        ? result.message
        : 'the pod is not to be injected';
  return new OutriggerError('OUTRIGGER_TEMPLATE', `template ${name} was not rendered: ${reason}`);
}

function written(text: string, output: RenderOptions['output']): string {
  if (output === 'text') return text.endsWith('\n') ? text : `${text}\n`;
  const overlay = parseGoYaml(text);
  return output === 'json'
    ? `${JSON.stringify(overlay, undefined, 2)}\n`
    : stringifyGoYaml(overlay);
}

/** A configuration's templates, every one of which is the same. */
class OnlyTemplate extends Map<string, CompiledTemplate> {
  readonly #template: CompiledTemplate;

  constructor(template: CompiledTemplate | undefined, keep: (text: string) => void) {
    super();
    this.#template = {
      execute(data) {
        const text = template?.execute(data) ?? '';
        keep(text);
        return text;
      },
    };
  }

  override get(): CompiledTemplate {
    return this.#template;
  }
}
