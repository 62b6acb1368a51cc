import type { TemplateTree } from '../../gotemplate/index.ts';
import { parseGoYaml } from '../../goyaml/index.ts';
import type { JsonValue } from '../../json.ts';

/** The texts of a configuration, by their keys in ConfigMaps. */
export const configurationParts = ['config', 'values', 'mesh'] as const;

export type ConfigurationPart = (typeof configurationParts)[number];

/** Turns a YAML text into what it means. Throws as `parseGoYaml` does. */
export type ReadYaml = (text: string) => JsonValue;

/**
 * What reading some texts gives, worked out before. A text that differs in the least is not known. What comes back
 * belongs to whoever asked for it.
 */
export interface PreparedTexts {
  yaml(part: ConfigurationPart, text: string): JsonValue | undefined;
  /** @param key the name of the template in the configuration */
  template(key: string, text: string): TemplateTree | undefined;
}

/** Reads a part of a configuration, unless what it means is known. */
export function yamlReader(part: ConfigurationPart, prepared: PreparedTexts | undefined): ReadYaml {
  return (text) => prepared?.yaml(part, text) ?? parseGoYaml(text);
}
