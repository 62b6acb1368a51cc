import { parseGoYaml } from '../../goyaml/index.ts';
import { isJsonObject, type JsonValue } from '../../json.ts';

/**
 * The injector configuration that a file stands for (`istioctl/pkg/kubeinject/kubeinject.go`): a text with
 * a `templates` map is one itself, anything else is a single template called `sidecar`.
 *
 * A configuration with a slip in its YAML would pass for a template and fail later with a message that
 * points elsewhere; a text with a line `templates:` is therefore taken for a configuration in any case.
 */
export function injectorConfigOf(text: string): string {
  // The usual form shows without reading all of the text, which is done once more anyway.
  if (/^templates:[ \t]*\r?\n[ \t]+[\w"'-]+:/m.test(text)) return text;
  let value: JsonValue;
  try {
    value = parseGoYaml(text);
  } catch (error) {
    if (/^templates:/m.test(text)) throw error;
    return singleTemplate(text);
  }
  const templates =
    isJsonObject(value) && Object.hasOwn(value, 'templates') ? value.templates : undefined;
  const some = isJsonObject(templates) && Object.keys(templates).length > 0;
  return some ? text : singleTemplate(text);
}

function singleTemplate(text: string): string {
  return JSON.stringify({ templates: { sidecar: text } });
}
