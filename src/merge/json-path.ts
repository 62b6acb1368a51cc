import type { FieldSchema } from '../schema/types.ts';

/** A way into a value: struct fields, keys of maps, indexes of lists. */
export type PathStep = FieldSchema | string | number;

/** The way as people write it: `spec.containers[0].env`, `metadata.labels["a.b/c"]`. */
export function jsonPath(steps: readonly PathStep[]): string {
  let path = '';
  for (const step of steps) {
    const name = typeof step === 'object' ? step.jsonName : step;
    if (typeof name === 'number') path += `[${name}]`;
    else if (!/^[\w$]+$/.test(name)) path += `[${JSON.stringify(name)}]`;
    else path += path === '' ? name : `.${name}`;
  }
  return path;
}

/** The way as Go's decoder prints it: fields only, with the embedded structs that hold them. */
export function goFieldPath(steps: readonly PathStep[]): string {
  return steps
    .filter((step): step is FieldSchema => typeof step === 'object')
    .map(({ through, jsonName }) => (through === undefined ? jsonName : `${through}.${jsonName}`))
    .join('.');
}
