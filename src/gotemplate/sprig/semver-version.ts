import { GoCallError } from '../value/model.ts';

/** A version of Masterminds/semver: missing numbers are 0. */
export interface Version {
  readonly major: bigint;
  readonly minor: bigint;
  readonly patch: bigint;
  /** Dotted identifiers, empty for a release. */
  readonly prerelease: string;
  readonly metadata: string;
  /** As written. */
  readonly original: string;
}

const identifier = '(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)';
/** Source of a prerelease with its dash and of metadata with its plus. */
export const suffixPattern: string = `(?:-(${identifier}(?:\\.${identifier})*))?(?:\\+([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?`;
const versionPattern = new RegExp(`^v?([0-9]+)(?:\\.([0-9]+))?(?:\\.([0-9]+))?${suffixPattern}$`);
const longestVersion = 256;
const greatest = 2n ** 64n - 1n;

/** @throws GoCallError `invalid semantic version` */
export function parseVersion(text: string): Version {
  const match = text.length <= longestVersion ? versionPattern.exec(text) : null;
  const [major, minor, patch] = [match?.[1], match?.[2], match?.[3]].map((part) =>
    BigInt(part ?? 0),
  );
  if (match === null || major === undefined || minor === undefined || patch === undefined) {
    throw new GoCallError('invalid semantic version');
  }
  const tooLarge = [match[1], match[2], match[3]].find((part) => BigInt(part ?? 0) > greatest);
  if (tooLarge !== undefined) {
    throw new GoCallError(
      `error parsing version segment: strconv.ParseUint: parsing "${tooLarge}": value out of range`,
    );
  }
  return {
    major,
    minor,
    patch,
    prerelease: match[4] ?? '',
    metadata: match[5] ?? '',
    original: text,
  };
}

/** The version in normal form. */
export function versionText(version: Version): string {
  const { major, minor, patch, prerelease, metadata } = version;
  const suffix = `${prerelease === '' ? '' : `-${prerelease}`}${metadata === '' ? '' : `+${metadata}`}`;
  return `${major}.${minor}.${patch}${suffix}`;
}

function order(a: bigint | string, b: bigint | string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Order of versions; metadata does not count. */
export function compareVersions(a: Version, b: Version): number {
  return (
    order(a.major, b.major) ||
    order(a.minor, b.minor) ||
    order(a.patch, b.patch) ||
    comparePrereleases(a.prerelease, b.prerelease)
  );
}

/** A release comes after its prereleases; numbers compare as such and come before words. */
function comparePrereleases(a: string, b: string): number {
  if (a === b) return 0;
  if (a === '' || b === '') return a === '' ? 1 : -1;
  const left = a.split('.');
  const right = b.split('.');
  const shared = Math.min(left.length, right.length);
  for (let i = 0; i < shared; i++) {
    const result = compareIdentifiers(left[i] ?? '', right[i] ?? '');
    if (result !== 0) return result;
  }
  return left.length - right.length;
}

const numeric = /^[0-9]+$/;

function compareIdentifiers(a: string, b: string): number {
  const aIsNumber = numeric.test(a);
  const bIsNumber = numeric.test(b);
  if (aIsNumber && bIsNumber) return order(BigInt(a), BigInt(b));
  if (aIsNumber !== bIsNumber) return aIsNumber ? -1 : 1;
  return order(a, b);
}
