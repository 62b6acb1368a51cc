import { readDoubleQuoted, resolvePlain } from '../../goyaml/index.ts';
import type { JsonScalar } from './emit-scalar.ts';

/**
 * A plain scalar of printable ASCII on one line, as it may stand after a key, after a dash, and as a key: no sign
 * that could mean something else in front, no `: ` and no ` #` inside.
 */
const plain =
  /^(?:[A-Za-z0-9_./$()+^~\\;]|--?(?=[A-Za-z0-9_]))(?:[!-9;-~]|:(?=[!-~])| (?=[!"$-~]))*$/;

const singleQuoted = /^'(?:[ -&(-~]|'')*'$/;

/**
 * What a scalar on one line of a block collection is read as, wherever it stands there; undefined for all that is not
 * plain to see. Property tests hold this against the reader itself.
 */
export function certainScalar(text: string): JsonScalar | undefined {
  switch (text.charCodeAt(0)) {
    case 0x22:
      return readDoubleQuoted(text);
    case 0x27:
      return singleQuoted.test(text) ? text.slice(1, -1).replaceAll("''", "'") : undefined;
    default:
      return plain.test(text) && !text.startsWith('...') ? resolvePlain(text) : undefined;
  }
}

/** Whether a line of a literal block scalar is certain to be read as it is, when the first line starts with no blank. */
export function isCertainLine(line: string): boolean {
  return /^[ -~]*$/.test(line);
}
