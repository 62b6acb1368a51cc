import { RecentValues } from '../recent-values.ts';
import { stringifyGoYaml, type YamlInput } from './emit.ts';
import { parseGoYaml, refuseControlCharacters } from './parse.ts';

/**
 * Turns JSON text into YAML as `sigs.k8s.io/yaml` does, which reads the JSON as YAML: characters that
 * YAML forbids are refused, NEL is folded, integers stay exact up to 64 bits.
 *
 * @throws GoYamlError for forbidden characters
 */
export function jsonToGoYaml(json: string): string {
  return recent.get(json);
}

/** Templates write the same few values for every pod. */
const recent = new RecentValues(convert, { most: 64, longestText: 4096 });

function convert(json: string): string {
  refuseControlCharacters(json);
  if (json.includes('\u0085')) return stringifyGoYaml(parseGoYaml(json));
  return stringifyGoYaml(manyDigits.test(json) ? parseExactly(json) : JSON.parse(json));
}

/** Only numbers of 16 digits or more can lose something on their way through a double. */
const manyDigits = /[0-9]{16}/;
const integer = /^-?[0-9]+$/;

function parseExactly(json: string): YamlInput {
  return JSON.parse(json, (_key, value: unknown, context?: { readonly source?: string }) => {
    const source = context?.source;
    if (typeof value !== 'number' || source === undefined || !integer.test(source)) return value;
    return Number.isSafeInteger(value) ? value : (exact64(source) ?? value);
  });
}

const least = -(2n ** 63n);
const greatest = 2n ** 64n - 1n;

function exact64(source: string): bigint | undefined {
  const value = BigInt(source);
  return value >= least && value <= greatest ? value : undefined;
}
