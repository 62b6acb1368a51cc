/** The go-yaml v2 dialect of YAML: what Istio reads its configuration and rendered templates with. */
export { GoYamlError } from './error.ts';
export { numberAsString } from './key-text.ts';
export { parseGoYaml } from './parse.ts';
