/** Exports: {@link listTemplates}, {@link showTemplate}. */
import { OutriggerError } from '../../errors.ts';
import type { InjectorConfig } from '../../inject/config/injector-config.ts';
import { parseInjectorConfig } from '../../inject/config/parse-injector-config.ts';
import { nearestName } from '../../settings/nearest-name.ts';
import { blameConfig } from '../configuration/blame-config.ts';
import { readSources } from '../configuration/read-sources.ts';
import type { CliContext } from '../context.ts';

/** The flag that says whose templates are meant. */
export interface TemplateSource {
  readonly injectConfigFile?: string;
}

interface ListedTemplate {
  readonly name: string;
  /** Pods get it that name none. */
  readonly default: boolean;
  readonly aliasOf?: readonly string[];
}

/** Prints the names of the templates, a line each, and which of them pods get that name none. */
export function listTemplates(
  { output, ...source }: TemplateSource & { readonly output?: 'json' },
  context: CliContext,
): void {
  const { templates, aliases, defaultTemplates } = readConfig(source);
  const isDefault = (name: string) => defaultTemplates.includes(name);
  const list: readonly ListedTemplate[] = [
    ...[...templates.keys()].map((name) => ({ name, default: isDefault(name) })),
    ...[...aliases].map(([name, aliasOf]) => ({ name, default: isDefault(name), aliasOf })),
  ];
  if (output === 'json') {
    context.stdout.write(`${JSON.stringify(list, undefined, 2)}\n`);
    return;
  }
  for (const each of list) {
    const notes = [
      ...(each.default ? ['default'] : []),
      ...(each.aliasOf === undefined ? [] : [`alias of ${each.aliasOf.join(', ')}`]),
    ];
    context.stdout.write(`${each.name}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}\n`);
  }
}

/** Prints a template as it would stand in a ConfigMap. Throws OutriggerError when there is none of that name. */
export function showTemplate(name: string, source: TemplateSource, context: CliContext): void {
  const text = findTemplate(readConfig(source), name);
  context.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** The text of a template. Throws OutriggerError `OUTRIGGER_TEMPLATE` when there is none of that name. */
export function findTemplate({ templates }: InjectorConfig, name: string): string {
  const text = templates.get(name);
  if (text !== undefined) return text;
  const near = nearestName(name, templates.keys());
  throw new OutriggerError('OUTRIGGER_TEMPLATE', `there is no template "${name}"`, {
    hint:
      near === undefined
        ? `There are ${[...templates.keys()].join(', ')}.`
        : `Did you mean ${near}?`,
  });
}

function readConfig({ injectConfigFile }: TemplateSource): InjectorConfig {
  const { config } = readSources({ injectConfigFile });
  try {
    return parseInjectorConfig(config.text);
  } catch (error) {
    throw blameConfig(config, error);
  }
}
