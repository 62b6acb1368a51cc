/** The go-yaml v2 dialect of YAML: what Istio reads its configuration and rendered templates with. */
export { stringifyGoYaml, type YamlInput } from './emit.ts';
export { GoYamlError } from './error.ts';
export { jsonToGoYaml } from './json-to-yaml.ts';
export { parseGoYaml } from './parse.ts';
export { hexEscapes, simpleEscapes } from './quoted-escapes.ts';
export { resolvePlain } from './resolve.ts';
export { readDoubleQuoted, type ScalarPlace, scalarPlaces } from './scalar-places.ts';
export { scan } from './scan.ts';
export { T, type TokenStream } from './tokens.ts';
