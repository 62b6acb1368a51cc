import { stringify } from 'yaml';

/**
 * Explanations as YAML. A module for itself, so that it can be loaded when it is needed: of a CommonJS package
 * that is imported late, the bundle has no names.
 */
export function explanationsYaml(list: object): string {
  return stringify(list, { lineWidth: 0, aliasDuplicateObjects: false });
}
