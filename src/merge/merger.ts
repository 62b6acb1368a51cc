import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import type { FieldSchema, ListSchema, StructSchema } from '../schema/types.ts';
import { cleanOverlay, directiveMarker, withoutDirectives } from './clean-overlay.ts';
import {
  checkSetElementOrder,
  deletionPrefix,
  directiveTarget,
  hasListDirectives,
  retainKeys,
  retainKeysMarker,
  setElementOrderPrefix,
} from './directives.ts';
import { orderElements } from './element-order.ts';
import { MergeError } from './errors.ts';
import { goDynamicType, goText, goVerbString } from './go-text.ts';
import { jsonKind, ownMember, setMember } from './json-kind.ts';
import { jsonPath, type PathStep } from './json-path.ts';
import { type Keyed, keyedAsIs, mergeKeyed } from './keyed-list.ts';

/** What is known about an object's members: a struct's fields, that they are alike, or nothing. */
type Shape = StructSchema | 'map' | 'unknown';

const emptyObject: JsonObject = Object.freeze({});

/**
 * The merge itself, before its outcome is decoded (apimachinery's `strategicpatch/patch.go`, `mergeMap`
 * and `mergeSlice`, which change their arguments; here both stay as they are).
 *
 * `typed` says that the original is in normal form: a required member that it lacks counts as present at
 * its zero value, as Go would have written it.
 */
export class Merger {
  /** The way to the value at hand; entries past the current depth are stale. */
  readonly #steps: PathStep[] = [];

  /** Merges two objects; gives `base` itself when the patch changes nothing. */
  object(
    base: JsonObject,
    overlay: JsonObject,
    shape: Shape,
    typed: boolean,
    depth: number,
  ): JsonObject {
    if (Object.hasOwn(overlay, directiveMarker)) return this.#directive(overlay, depth);
    let original = base;
    let patch = overlay;
    if (hasListDirectives(overlay)) {
      ({ original, patch } = this.#listDirectives(base, overlay, shape, typed, depth));
    }
    let out = original;
    for (const key in patch) {
      this.#steps[depth] = key;
      const deletion = key.startsWith(deletionPrefix);
      const name = deletion ? this.#target(key, deletionPrefix, depth + 1) : key;
      const current = member(out, name, shape, typed);
      const value = patch[key] as JsonValue;
      const next =
        value === null
          ? undefined
          : this.#member(current, value, { shape, name, typed, deletion }, depth + 1);
      if (next === current || (next === undefined && !Object.hasOwn(out, name))) continue;
      if (out === base) out = { ...base };
      if (next === undefined) delete out[name];
      else setMember(out, name, next);
    }
    return out;
  }

  #member(
    current: JsonValue | undefined,
    value: JsonValue,
    at: { shape: Shape; name: string; typed: boolean; deletion: boolean },
    depth: number,
  ): JsonValue | undefined {
    if (current === undefined || jsonKind(current) !== jsonKind(value)) {
      return at.deletion ? current : cleanOverlay(value);
    }
    if (isJsonObject(current) && isJsonObject(value)) {
      const type = this.#field(at.shape, at.name, depth)?.type;
      const shape =
        type?.kind === 'struct' ? type.struct : type?.kind === 'map' ? 'map' : 'unknown';
      return this.object(current, value, shape, at.typed, depth);
    }
    if (Array.isArray(current) && Array.isArray(value)) {
      const type = this.#field(at.shape, at.name, depth)?.type;
      const list: ListSchema | undefined = type?.kind === 'list' ? type : undefined;
      if (at.deletion && list?.mergeKey === undefined) return this.#without(current, value, depth);
      if (list?.mergeKey !== undefined) return this.#keyed(current, value, list, at.typed, depth);
      return list?.set === true ? this.#union(current, value, depth) : value;
    }
    return value;
  }

  /** The declaration of a member that both sides have as an object or a list. */
  #field(shape: Shape, name: string, depth: number): FieldSchema | undefined {
    if (shape === 'unknown') return undefined;
    if (shape === 'map') {
      this.#fail('merging an object in json but data type is not struct, instead is: map', depth);
    }
    const field = shape.byName.get(name) ?? shape.byFoldedName.get(name.toLowerCase());
    if (field === undefined && shape.open !== true) {
      const struct = shape.goName.slice(shape.goName.indexOf('.') + 1);
      const what = `unable to find api field in struct ${struct} for the json field`;
      this.#fail(`${what} ${JSON.stringify(name)}`, depth);
    }
    return field;
  }

  #directive(patch: JsonObject, depth: number): JsonObject {
    const directive = patch[directiveMarker] as JsonValue;
    if (directive === 'delete') return {};
    if (directive !== 'replace') {
      this.#fail(`unknown patch type: ${goVerbString(directive)} in map: ${goText(patch)}`, depth);
    }
    return Object.fromEntries(Object.entries(patch).filter(([key]) => key !== directiveMarker));
  }

  #union(original: JsonValue[], patch: JsonValue[], depth: number): JsonValue[] {
    if (original.length === 0 && patch.length === 0) return original;
    this.#elementType(original, patch, depth);
    const items = [...new Set([...original, ...patch])];
    return shared(original, orderElements(items, items, patch, original));
  }

  #without(original: JsonValue[], unwanted: JsonValue[], depth: number): JsonValue[] {
    if (original.length === 0 && unwanted.length === 0) return original;
    if (this.#elementType(original, unwanted, depth) === 'object') {
      this.#fail('cannot merge lists without merge key for struct', depth);
    }
    const kept = original.filter((element) => !unwanted.includes(element));
    return kept.length === original.length ? original : kept;
  }

  #keyed(
    original: JsonValue[],
    patch: JsonValue[],
    list: ListSchema,
    typed: boolean,
    depth: number,
  ): JsonValue[] {
    if (original.length === 0 && patch.length === 0) return original;
    const { items, keys, patchKeys, serverKeys } = this.#mergeKeyed(
      original,
      patch,
      list,
      typed,
      depth,
    );
    return shared(original, orderElements(items, keys, patchKeys, serverKeys));
  }

  #mergeKeyed(
    original: JsonValue[],
    patch: JsonValue[],
    list: ListSchema,
    typed: boolean,
    depth: number,
  ): Keyed {
    this.#objects(original, patch, depth);
    return mergeKeyed(original as JsonObject[], patch as JsonObject[], list, typed, {
      merge: (base, overlay, struct, isTyped, index) => {
        this.#steps[depth] = index;
        return this.object(base, overlay, struct, isTyped, depth + 1);
      },
      fail: (detail) => this.#fail(detail, depth),
    });
  }

  #keyedAsIs(elements: JsonValue[], mergeKey: string, depth: number): Keyed {
    this.#objects([], elements, depth);
    const plain = withoutDirectives(elements) as JsonObject[];
    return keyedAsIs(plain, mergeKey, (detail) => this.#fail(detail, depth));
  }

  #objects(original: JsonValue[], patch: JsonValue[], depth: number): void {
    if (this.#elementType(original, patch, depth) === 'object') return;
    const first = [...original, ...patch][0] ?? null;
    this.#fail(badType('map[string]interface {}', first), depth);
  }

  /** The one kind that all elements of the lists have. */
  #elementType(original: JsonValue[], patch: JsonValue[], depth: number): string {
    let type: string | undefined;
    for (const element of [...original, ...patch]) {
      const own = goDynamicType(element);
      type ??= own;
      if (type === '[]interface {}') this.#fail('lists of lists are not supported', depth);
      if (element === null || own !== type) {
        const lists = goText([original, patch]);
        this.#fail(`list element types are not identical: ${lists}`, depth);
      }
    }
    if (type === undefined) this.#fail('no elements in any of the given slices', depth);
    return type.startsWith('map') ? 'object' : type;
  }

  /** `$retainKeys` and `$setElementOrder/…`: both sides as they are once these have been obeyed. */
  #listDirectives(
    base: JsonObject,
    overlay: JsonObject,
    shape: Shape,
    typed: boolean,
    depth: number,
  ): { original: JsonObject; patch: JsonObject } {
    const fail = (detail: string): never => this.#fail(detail, depth);
    const patch = { ...overlay };
    const original = { ...base };
    delete patch[retainKeysMarker];
    if (Object.hasOwn(overlay, retainKeysMarker)) {
      retainKeys(original, patch, overlay[retainKeysMarker] as JsonValue, fail);
    }
    for (const key of Object.keys(patch)) {
      if (!key.startsWith(setElementOrderPrefix)) continue;
      this.#steps[depth] = key;
      const name = this.#target(key, setElementOrderPrefix, depth + 1);
      const ordered = this.#setElementOrder(
        member(original, name, shape, typed),
        ownMember(patch, name),
        patch[key] as JsonValue,
        { shape, name, typed },
        depth + 1,
      );
      delete patch[key];
      if (ordered === undefined) continue;
      delete patch[name];
      setMember(original, name, ordered);
    }
    return { original, patch };
  }

  #setElementOrder(
    original: JsonValue | undefined,
    patch: JsonValue | undefined,
    order: JsonValue,
    at: { shape: Shape; name: string; typed: boolean },
    depth: number,
  ): JsonValue[] | undefined {
    // A required list that was never set is null in Go's JSON, which is no list.
    const lists = [order, original === undefined ? [] : original, patch === undefined ? [] : patch];
    for (const list of lists) {
      if (!Array.isArray(list)) this.#fail(badType('[]interface {}', list), depth);
    }
    const [wanted, known, added] = lists as [JsonValue[], JsonValue[], JsonValue[]];
    const type = this.#field(at.shape, at.name, depth)?.type;
    if (type?.kind !== 'list') {
      this.#fail('expected slice or array type, but got: struct', depth);
    }
    const { mergeKey } = type;
    checkSetElementOrder(added, wanted, mergeKey, (detail) => this.#fail(detail, depth));
    if (original === undefined && patch === undefined) return undefined;
    if (mergeKey === undefined) {
      this.#elementType(known, added, depth);
      const merged =
        patch === undefined
          ? known
          : type.set === true && original !== undefined
            ? this.#union(known, added, depth)
            : added;
      return orderElements(merged, merged, wanted, known);
    }
    const keyed =
      original === undefined
        ? this.#keyedAsIs(added, mergeKey, depth)
        : this.#mergeKeyed(known, added, type, at.typed, depth);
    const wantedKeys = wanted.map((element) =>
      isJsonObject(element) ? (element[mergeKey] ?? null) : null,
    );
    return orderElements(keyed.items, keyed.keys, wantedKeys, keyed.reusedServerKeys);
  }

  #target(key: string, prefix: string, depth: number): string {
    return directiveTarget(key, prefix) ?? this.#fail(badDirective(prefix), depth);
  }

  #fail(detail: string, depth: number): never {
    throw new MergeError('strategic merge', detail, jsonPath(this.#steps.slice(0, depth)));
  }
}

function badDirective(prefix: string): string {
  const what = prefix === deletionPrefix ? 'primitive' : 'setElementOrder';
  return `invalid patch format of ${what} list`;
}

function badType(expected: string, actual: JsonValue): string {
  return `expected a ${expected}, but received a ${goDynamicType(actual)}`;
}

/** The list that was there when nothing in it changed. */
function shared(original: JsonValue[], list: JsonValue[]): JsonValue[] {
  const same =
    list.length === original.length && list.every((element, index) => element === original[index]);
  return same ? original : list;
}

/** A member as Go's JSON would have it: required ones are there even when they were never set. */
function member(
  object: JsonObject,
  name: string,
  shape: Shape,
  typed: boolean,
): JsonValue | undefined {
  const own = ownMember(object, name);
  if (own !== undefined || !typed || typeof shape === 'string') return own;
  const field = shape.byName.get(name);
  if (field?.required !== true) return undefined;
  return field.type.kind === 'struct' && !field.pointer ? emptyObject : null;
}
