import type { PatchOperation } from '../inject/index.ts';
import type { JsonObject, JsonValue } from '../json.ts';

/**
 * Applies a patch of the engine without changing the object. Whatever the patch leaves alone is shared with the
 * object, and what it brings is shared with the patch: so it shows without a comparison what stayed as it was.
 *
 * @throws Error when the patch is not one for this object
 */
export function applyPatch(object: JsonObject, patch: readonly PatchOperation[]): JsonObject {
  const patched = new Patched(object);
  for (const operation of patch) patched.apply(operation);
  return patched.root;
}

type Collection = JsonObject | JsonValue[];

class Patched {
  root: JsonObject;
  /** The collections that nobody else has: each is copied once, when something in it changes first. */
  private readonly own = new Set<Collection>();
  private last: { readonly path: string; readonly parent: Collection } | undefined;

  constructor(object: JsonObject) {
    this.root = object;
  }

  apply(operation: PatchOperation): void {
    const { op, path } = operation;
    const split = path.lastIndexOf('/');
    if (split < 0) throw misfit(operation);
    const parent = this.parent(path.slice(0, split), operation);
    const member = unescaped(path.slice(split + 1));
    if (op === 'add') {
      addMember(parent, member, operation.value as JsonValue);
      return;
    }
    if (memberOf(parent, member) === undefined) throw misfit(operation);
    if (op === 'remove') removeMember(parent, member);
    else setMember(parent, member, operation.value as JsonValue);
  }

  /** The collection at a path, which from now on is our own. */
  private parent(path: string, operation: PatchOperation): Collection {
    // Most operations are about the same collection as the one before.
    if (this.last?.path === path) return this.last.parent;
    this.root = this.owned(this.root) as JsonObject;
    let parent: Collection = this.root;
    for (const step of path.split('/').slice(1)) {
      const name = unescaped(step);
      const child = memberOf(parent, name);
      if (typeof child !== 'object' || child === null) throw misfit(operation);
      const owned = this.owned(child);
      if (owned !== child) setMember(parent, name, owned);
      parent = owned;
    }
    this.last = { path, parent };
    return parent;
  }

  private owned(collection: Collection): Collection {
    if (this.own.has(collection)) return collection;
    const copy = Array.isArray(collection) ? collection.slice() : { ...collection };
    this.own.add(copy);
    return copy;
  }
}

function unescaped(step: string): string {
  return step.includes('~') ? step.replaceAll('~1', '/').replaceAll('~0', '~') : step;
}

function memberOf(parent: Collection, step: string): JsonValue | undefined {
  if (Array.isArray(parent)) return parent[Number(step)];
  return Object.hasOwn(parent, step) ? parent[step] : undefined;
}

function setMember(parent: Collection, step: string, value: JsonValue): void {
  if (Array.isArray(parent)) parent[Number(step)] = value;
  else if (step !== '__proto__') parent[step] = value;
  else Object.defineProperty(parent, step, { ...plainMember, value });
}

const plainMember = { enumerable: true, configurable: true, writable: true } as const;

function addMember(parent: Collection, step: string, value: JsonValue): void {
  if (!Array.isArray(parent)) setMember(parent, step, value);
  else parent.splice(step === '-' ? parent.length : Number(step), 0, value);
}

function removeMember(parent: Collection, step: string): void {
  if (Array.isArray(parent)) parent.splice(Number(step), 1);
  else delete parent[step];
}

function misfit({ op, path }: PatchOperation): Error {
  return new Error(`the patch does not fit: ${op} ${path}`);
}
