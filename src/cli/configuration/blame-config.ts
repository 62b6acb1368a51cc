import { OutriggerError } from '../../errors.ts';
import { parseGoYaml } from '../../goyaml/index.ts';
import { isJsonObject } from '../../json.ts';
import { blame } from './blame-file.ts';
import type { SourceText } from './read-sources.ts';

/** Adds the file, and the line in it, to an error about an injector configuration or one of its templates. */
export function blameConfig(config: SourceText, error: unknown): unknown {
  if (!(error instanceof OutriggerError)) return error;
  return blame(config, error, templateText(config.text, error.place.path) ?? config.text);
}

/** The template that an error's path names; lines of template errors are counted in it. */
function templateText(config: string, path: string | undefined): string | undefined {
  const name = /^templates\.(.*)$/s.exec(path ?? '')?.[1];
  if (name === undefined) return undefined;
  const value = parseGoYaml(config);
  const templates = isJsonObject(value) ? value.templates : undefined;
  const text = isJsonObject(templates) ? templates[name] : undefined;
  return typeof text === 'string' ? text : undefined;
}
