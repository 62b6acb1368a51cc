/**
 * The environment that the URL path of the webhook carries (`pkg/kube/inject/webhook.go`, parseInjectEnvs).
 * Exports: {@link parseInjectPath}.
 */
import { clusterIdEnv, networkEnv } from './cluster-env.ts';

const environmentMark = ':ENV:';
const shortNames: ReadonlyMap<string, string> = new Map([
  ['cluster', clusterIdEnv],
  ['net', networkEnv],
]);

/**
 * Reads the environment out of a percent-decoded path: `/inject/cluster/c1/net/n1`, or
 * `/inject/:ENV:cluster=c1:ENV:net=n1`. Never throws; what makes no sense is passed over.
 */
export function parseInjectPath(path: string): Map<string, string> {
  const env = new Map<string, string>();
  const rest = thirdPart(path.endsWith('/') ? path.slice(0, -1) : path);
  if (rest === undefined) return env;
  const pairs = rest.startsWith(environmentMark) ? assignments(rest) : segments(rest);
  for (const [key, value] of pairs) {
    if (key !== '') env.set(shortNames.get(key) ?? upperCase(key), value);
  }
  return env;
}

/** What follows the second slash; the name of the first segment does not matter. */
function thirdPart(path: string): string | undefined {
  const first = path.indexOf('/');
  const second = first < 0 ? -1 : path.indexOf('/', first + 1);
  return second < 0 ? undefined : path.slice(second + 1);
}

/** `:ENV:a=b:ENV:c=d`; values are taken literally. */
function assignments(text: string): [string, string][] {
  const pairs: [string, string][] = [];
  for (const piece of text.split(environmentMark).slice(1)) {
    const equals = piece.indexOf('=');
    if (equals >= 0) pairs.push([piece.slice(0, equals), piece.slice(equals + 1)]);
  }
  return pairs;
}

/** `a/b/c/d`; a slash inside a value is written `--slash--`. */
function segments(text: string): [string, string][] {
  const pairs: [string, string][] = [];
  const parts = text.split('/');
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const key = parts[index] ?? '';
    const value = parts[index + 1] ?? '';
    pairs.push([key, value.replaceAll('--slash--', '/')]);
  }
  return pairs;
}

/** Letter by letter, as Go does it: `ß` has no upper-case letter of its own. */
function upperCase(text: string): string {
  return Array.from(text, (letter) => {
    const upper = letter.toUpperCase();
    return upper.length === letter.length ? upper : letter;
  }).join('');
}
