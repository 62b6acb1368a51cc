import { goQuote } from '../fmt/go-quote.ts';
import { GoCallError } from '../value/model.ts';
import { compareVersions, parseVersion, suffixPattern, type Version } from './semver-version.ts';

/** A comparison such as `~1.2`: the version it names and which of its parts are wildcards or missing. */
interface Comparison {
  readonly operator: string;
  readonly version: Version;
  /** `*`, `x` or `X` alone. */
  readonly anyMajor: boolean;
  readonly anyMinor: boolean;
  readonly anyPatch: boolean;
}

const part = '[0-9]+|[xX*]';
const versionSource = `v?(${part})(?:\\.(${part}))?(?:\\.(${part}))?${suffixPattern}`;
const operators = '=|!=|>=|=>|<=|=<|>|<|~>|~|\\^|';
const comparisonPattern = new RegExp(
  `\\s*(${operators})\\s*${versionSource}(?=[\\s,]|$)[\\s,]*`,
  'y',
);
const rangePattern = new RegExp(`(${versionSource})\\s+-\\s+(${versionSource})`, 'g');
const longestConstraint = 1024;
const greatest = 2n ** 64n - 1n;

/**
 * Whether a version satisfies a constraint of Masterminds/semver: groups separated by `||`, of which one
 * must hold; in a group all comparisons must.
 *
 * @throws GoCallError `improper constraint: "…"`, `invalid semantic version`
 */
export function satisfies(constraint: string, versionText: string): boolean {
  const groups = constraint.split('||').map((group) => parseGroup(group, constraint));
  const version = parseVersion(versionText);
  return groups.some((group) => {
    // A prerelease only counts where the group speaks of prereleases.
    if (version.prerelease !== '' && group.every((each) => each.version.prerelease === '')) {
      return false;
    }
    return group.every((comparison) => holds(comparison, version));
  });
}

function parseGroup(group: string, constraint: string): Comparison[] {
  const improper = () => new GoCallError(`improper constraint: ${goQuote(constraint)}`);
  if (constraint.length > longestConstraint) throw improper();
  const plain = group.replace(rangePattern, (range) => {
    const [from, to] = range.split(/\s+-\s+/);
    return `>=${from} <=${to}`;
  });
  const comparisons: Comparison[] = [];
  let at = 0;
  while (at < plain.trimEnd().length) {
    comparisonPattern.lastIndex = at;
    const match = comparisonPattern.exec(plain);
    if (match === null) throw improper();
    comparisons.push(comparisonOf(match));
    at = comparisonPattern.lastIndex;
  }
  if (comparisons.length === 0) throw improper();
  return comparisons;
}

function isWildcard(text: string | undefined): boolean {
  return text === undefined || !/^[0-9]/.test(text);
}

function comparisonOf([
  ,
  operator = '',
  major,
  minor,
  patch,
  prerelease = '',
]: RegExpExecArray): Comparison {
  const anyMajor = isWildcard(major);
  const anyMinor = anyMajor || isWildcard(minor);
  const anyPatch = anyMinor || isWildcard(patch);
  const number = (text: string | undefined, any: boolean) => {
    const value = BigInt(any ? 0 : (text ?? 0));
    if (value > greatest) throw new GoCallError('constraint parser error');
    return value;
  };
  return {
    operator,
    version: {
      major: number(major, anyMajor),
      minor: number(minor, anyMinor),
      patch: number(patch, anyPatch),
      prerelease,
      metadata: '',
      original: '',
    },
    anyMajor,
    anyMinor,
    anyPatch,
  };
}

function holds(comparison: Comparison, version: Version): boolean {
  const { version: bound, anyMajor, anyMinor, anyPatch } = comparison;
  const difference = compareVersions(version, bound);
  const sameMajor = version.major === bound.major;
  const sameMinor = sameMajor && version.minor === bound.minor;
  switch (comparison.operator) {
    case '':
    case '=':
      return anyPatch ? isTilde(comparison, version) : difference === 0;
    case '!=':
      if (anyMajor) return difference !== 0;
      if (anyMinor) return !sameMajor;
      return anyPatch ? !sameMinor : difference !== 0;
    case '>':
      if (anyMajor) return difference > 0;
      if (anyMinor) return version.major > bound.major;
      if (anyPatch)
        return version.major > bound.major || (sameMajor && version.minor > bound.minor);
      return difference > 0;
    case '<':
      return difference < 0;
    case '>=':
    case '=>':
      return difference >= 0;
    case '<=':
    case '=<':
      if (anyMajor) return sameMinor;
      if (anyMinor) return version.major <= bound.major;
      if (anyPatch)
        return version.major < bound.major || (sameMajor && version.minor <= bound.minor);
      return difference <= 0;
    case '^':
      return isCaret(comparison, version);
    default:
      return isTilde(comparison, version);
  }
}

/** `~1.2.3`: at least that, within the minor; `~1`: within the major; a bare wildcard: everything. */
function isTilde({ version: bound, anyMajor, anyMinor }: Comparison, version: Version): boolean {
  if (compareVersions(version, bound) < 0) return false;
  if (anyMajor) return true;
  if (version.major !== bound.major) return false;
  return anyMinor || version.minor === bound.minor;
}

/** `^1.2.3`: at least that, without a change of the first number that is not 0. */
function isCaret(
  { version: bound, anyMajor, anyMinor, anyPatch }: Comparison,
  version: Version,
): boolean {
  if (compareVersions(version, bound) < 0) return false;
  if (anyMajor) return compareVersions(version, bound) === 0;
  if (version.major !== bound.major) return false;
  if (bound.major > 0n || anyMinor) return true;
  if (version.minor !== bound.minor) return false;
  return bound.minor > 0n || anyPatch || version.patch === bound.patch;
}
