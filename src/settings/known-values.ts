/**
 * Which values there are. Exports: {@link KnownValues}, {@link istioValues}, {@link valuesInUse},
 * {@link unknownValues}.
 */
import { isJsonObject, type JsonValue } from '../json.ts';
import type { MessageDescriptor } from '../mesh/descriptor/descriptor.ts';
import { valuesMessage } from '../mesh/descriptor/well-known-messages.ts';
import { nearestName } from './nearest-name.ts';
import { pathText, type ValuePath } from './value-path.ts';

/** A tree of names. */
export interface KnownValues {
  /** Anything may stand below: a map with keys of the user's own, or what Kubernetes defines. */
  readonly open: boolean;
  readonly members: ReadonlyMap<string, KnownValues>;
}

const leaf: KnownValues = { open: false, members: new Map() };
const anything: KnownValues = { open: true, members: new Map() };

/** The values of Istio's charts, by the type table. */
export function istioValues(): KnownValues {
  known ??= bothValues(membersOf(valuesMessage, []), valuesAskedFor(chartsOnly));
  return known;
}

let known: KnownValues | undefined;

/** In the charts' values, but missing from their type (`operator/pkg/apis/values_types.proto`). */
const chartsOnly = [['global', 'waypoint', 'tolerations']];

function membersOf(message: MessageDescriptor, above: readonly string[]): KnownValues {
  // Some types hold themselves; nobody nests them.
  if (above.includes(message.fullName)) return anything;
  const members = new Map<string, KnownValues>();
  for (const { jsonName, protoName, label, type } of message.fields) {
    let below = leaf;
    if (label !== 'single' || type.kind === 'struct' || type.kind === 'value') below = anything;
    else if (type.kind === 'message') {
      below = membersOf(type.message, [...above, message.fullName]);
    }
    members.set(jsonName, below);
    members.set(protoName, below);
  }
  return { open: false, members };
}

/** The names that occur in values, such as the documented defaults; below an empty object anything goes. */
export function valuesInUse(values: JsonValue): KnownValues {
  if (Array.isArray(values)) return anything;
  if (!isJsonObject(values)) return leaf;
  const entries = Object.entries(values);
  if (entries.length === 0) return anything;
  return {
    open: false,
    members: new Map(entries.map(([key, value]) => [key, valuesInUse(value)])),
  };
}

/**
 * The names that templates ask for. What they do with what they get is not known, unless they ask for more below
 * it: then it is only on the way there (`$global := .Values.global`).
 */
export function valuesAskedFor(paths: readonly (readonly string[])[]): KnownValues {
  const onTheWay = new Set(
    paths.flatMap((path) => path.slice(0, -1).map((_, at) => pathText(path.slice(0, at + 1)))),
  );
  let tree = leaf;
  for (const path of paths) {
    if (onTheWay.has(pathText(path))) continue;
    const branch = path.reduceRight<KnownValues>(
      (below, name) => ({ open: false, members: new Map([[name, below]]) }),
      anything,
    );
    tree = bothValues(tree, branch);
  }
  return tree;
}

/** Everything that either of them knows. */
export function bothValues(a: KnownValues, b: KnownValues): KnownValues {
  const members = new Map(a.members);
  for (const [name, below] of b.members) {
    const own = members.get(name);
    members.set(name, own === undefined ? below : bothValues(own, below));
  }
  return { open: a.open || b.open, members };
}

/** True when there is a value at the path, or below it. */
export function knowsValue(tree: KnownValues, path: readonly string[]): boolean {
  let at: KnownValues | undefined = tree;
  for (const name of path) {
    if (at.open) return true;
    at = at.members.get(name);
    if (at === undefined) return false;
  }
  return true;
}

/** A name that nothing reads. */
export interface UnknownValue {
  readonly path: ValuePath;
  /** What may have been meant. */
  readonly suggestion: string | undefined;
}

/** The members of values that are not known; below such a member nothing is looked at. */
export function unknownValues(values: JsonValue, tree: KnownValues): readonly UnknownValue[] {
  return [...unknownIn(values, tree, tree, [])];
}

function* unknownIn(
  values: JsonValue,
  tree: KnownValues,
  root: KnownValues,
  path: ValuePath,
): Generator<UnknownValue> {
  if (tree.open || !isJsonObject(values)) return;
  for (const [name, value] of Object.entries(values)) {
    const below = tree.members.get(name);
    const inner = [...path, name];
    if (below !== undefined) yield* unknownIn(value, below, root, inner);
    else {
      const suggestion = suggestedPath(
        inner.map((part) => String(part)),
        root,
      );
      yield { path: inner, suggestion };
    }
  }
}

/** The known path that is most like this one: a name beside it, else the same name in another place. */
export function suggestedPath(path: readonly string[], root: KnownValues): string | undefined {
  let at: KnownValues = root;
  for (const [depth, name] of path.entries()) {
    const below = at.members.get(name);
    if (below !== undefined) {
      at = below;
      continue;
    }
    const near = nearestName(name, at.members.keys());
    if (near !== undefined) return pathText([...path.slice(0, depth), near]);
    break;
  }
  const last = path.at(-1) ?? '';
  for (const other of pathsOf(root)) if (other.at(-1) === last) return pathText(other);
  return undefined;
}

function* pathsOf(tree: KnownValues, path: readonly string[] = []): Generator<readonly string[]> {
  for (const [name, below] of tree.members) {
    yield [...path, name];
    yield* pathsOf(below, [...path, name]);
  }
}
