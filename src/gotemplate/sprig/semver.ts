import { jsonString } from '../encode/json-string.ts';
import {
  boolType,
  type FunctionMap,
  GoInt,
  type GoMethod,
  GoOpaque,
  type GoType,
  intType,
  stringType,
} from '../value/model.ts';
import { fixed } from './define.ts';
import { satisfies } from './semver-constraint.ts';
import { compareVersions, parseVersion, type Version, versionText } from './semver-version.ts';

const uint64Type: GoType = { kind: 'uint64', name: 'uint64' };

/** `semver.Version`, which templates get by pointer except from its `Inc…` methods. */
class SemVer extends GoOpaque {
  readonly type: GoType;
  readonly version: Version;

  constructor(version: Version, type: GoType) {
    super();
    this.version = version;
    this.type = type;
  }

  equals(other: unknown): boolean {
    return other instanceof SemVer && this.version.original === other.version.original;
  }
}

function uint64(value: bigint): GoInt {
  return new GoInt(uint64Type, Number.isSafeInteger(Number(value)) ? Number(value) : value);
}

function released(version: Version, change: Partial<Version>): SemVer {
  const plain = { ...version, prerelease: '', metadata: '', ...change };
  const text = versionText(plain);
  const prefix = version.original.startsWith('v') ? 'v' : '';
  return new SemVer({ ...plain, original: prefix + text }, valueType);
}

type Body = (version: Version, args: readonly unknown[]) => unknown;

function argument(args: readonly unknown[]): Version {
  const [other] = args;
  return other instanceof SemVer ? other.version : parseVersion('0');
}

const getters: { readonly [name: string]: Body } = {
  Major: (version) => uint64(version.major),
  Minor: (version) => uint64(version.minor),
  Patch: (version) => uint64(version.patch),
  Prerelease: (version) => version.prerelease,
  Metadata: (version) => version.metadata,
  Original: (version) => version.original,
  String: versionText,
  IncMajor: (version) => released(version, { major: version.major + 1n, minor: 0n, patch: 0n }),
  IncMinor: (version) => released(version, { minor: version.minor + 1n, patch: 0n }),
  // A prerelease becomes the release that it precedes.
  IncPatch: (version) =>
    released(version, { patch: version.prerelease === '' ? version.patch + 1n : version.patch }),
};
const comparisons: { readonly [name: string]: Body } = {
  Compare: (version, args) =>
    new GoInt(intType, Math.sign(compareVersions(version, argument(args)))),
  LessThan: (version, args) => compareVersions(version, argument(args)) < 0,
  LessThanEqual: (version, args) => compareVersions(version, argument(args)) <= 0,
  GreaterThan: (version, args) => compareVersions(version, argument(args)) > 0,
  GreaterThanEqual: (version, args) => compareVersions(version, argument(args)) >= 0,
  Equal: (version, args) => compareVersions(version, argument(args)) === 0,
};

function method(name: string, parameters: readonly GoType[], body: Body): [string, GoMethod] {
  return [
    name,
    {
      name,
      in: parameters,
      pointerOnly: false,
      call: (receiver, args) => (receiver instanceof SemVer ? body(receiver.version, args) : null),
    },
  ];
}

function typeNamed(kind: 'struct' | 'pointer', name: string): GoType {
  return {
    kind,
    name,
    get methods() {
      return methods;
    },
    format: (value) => (value instanceof SemVer ? versionText(value.version) : ''),
    encodeJSON: (value) => jsonString(value instanceof SemVer ? versionText(value.version) : ''),
  };
}

const valueType = typeNamed('struct', 'semver.Version');
const pointerType = typeNamed('pointer', '*semver.Version');
const methods: ReadonlyMap<string, GoMethod> = new Map([
  ...Object.entries(getters).map(([name, body]) => method(name, [], body)),
  ...Object.entries(comparisons).map(([name, body]) => method(name, [pointerType], body)),
]);

/** sprig's functions on semantic versions. */
export const semverFunctions: FunctionMap = {
  semver: fixed(
    [stringType],
    pointerType,
    (text: string) => new SemVer(parseVersion(text), pointerType),
  ),
  semverCompare: fixed([stringType, stringType], boolType, satisfies),
};
