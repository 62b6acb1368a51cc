import { GoCallError } from '../value/model.ts';
import { jsonSyntaxProblem, maxDepth } from './json-syntax.ts';

// What may come out of JSON.parse with a lone surrogate in it, which Go replaces.
const surrogateEscape = /\\u[dD][89a-fA-F]/;
// JSON.parse makes infinities of numbers that are too large; Go refuses them.
const largeNumber = /[eE]\+?[0-9]{3}|[0-9]{300}/;

/**
 * Reads JSON text as Go's `json.Unmarshal` does into an `interface{}`: objects, lists, strings, float64,
 * booleans, null. What is not valid UTF-8 becomes U+FFFD.
 *
 * @throws GoCallError worded as Go words it
 */
export function decodeGoJson(text: string): unknown {
  const wellFormed = text.toWellFormed();
  // Values that nest deeper than Go allows would exhaust the stack later.
  if (text.length > maxDepth && containers(text) > maxDepth) refuse(text);
  try {
    return surrogateEscape.test(wellFormed) || largeNumber.test(wellFormed)
      ? JSON.parse(wellFormed, repair)
      : JSON.parse(wellFormed);
  } catch (error) {
    if (!(error instanceof GoCallError)) refuse(text);
    throw error;
  }
}

function refuse(text: string): void {
  const problem = jsonSyntaxProblem(text);
  if (problem !== undefined) throw new GoCallError(problem);
}

function containers(text: string): number {
  return text.split(/[[{]/, maxDepth + 2).length - 1;
}

function repair(
  this: unknown,
  _key: string,
  value: unknown,
  context?: { readonly source?: string },
): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value === 'number' && !Number.isFinite(value)) {
    const number = context?.source ?? String(value);
    throw new GoCallError(`json: cannot unmarshal number ${number} into Go value of type float64`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const keys = Object.keys(value);
    if (!keys.every((key) => key.isWellFormed())) {
      return Object.fromEntries(
        Object.entries(value).map(([key, member]) => [key.toWellFormed(), member]),
      );
    }
  }
  return value;
}
