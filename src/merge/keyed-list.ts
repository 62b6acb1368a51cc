import type { JsonObject, JsonValue } from '../json.ts';
import type { ListSchema, StructSchema } from '../schema/types.ts';
import { directiveMarker } from './clean-overlay.ts';
import { firstIndex } from './element-order.ts';
import { goText, goVerbString } from './go-text.ts';

/** What merging a keyed list gives, still in no order. */
export interface Keyed {
  readonly items: readonly JsonValue[];
  /** Key of each item. */
  readonly keys: readonly JsonValue[];
  /** Keys of the patch's ordinary elements. */
  readonly patchKeys: readonly JsonValue[];
  /** Keys of the original's elements, as far as the patch left them. */
  readonly serverKeys: readonly JsonValue[];
  /**
   * The same as Go's `$setElementOrder` sees them: it looks at a list into whose freed places new elements
   * have moved.
   */
  readonly reusedServerKeys: readonly JsonValue[];
}

/** How elements are merged, and how a mistake is reported. */
export interface KeyedContext {
  merge(
    base: JsonObject,
    overlay: JsonObject,
    struct: StructSchema | 'unknown',
    typed: boolean,
    index: number,
  ): JsonObject;
  fail(detail: string): never;
}

interface Directives {
  readonly ordinary: readonly { readonly element: JsonObject; readonly index: number }[];
  readonly deleted: ReadonlySet<JsonValue>;
  readonly replace: boolean;
}

function noMergeKey(element: JsonObject, mergeKey: string): string {
  return `map: ${goText(element)} does not contain declared merge key: ${mergeKey}`;
}

/** Takes elements that carry a directive out of a patch's list. */
function takeDirectives(
  patch: readonly JsonObject[],
  mergeKey: string,
  context: KeyedContext,
): Directives {
  const ordinary: { element: JsonObject; index: number }[] = [];
  const deleted = new Set<JsonValue>();
  let replace = false;
  for (const [index, element] of patch.entries()) {
    if (!Object.hasOwn(element, directiveMarker)) {
      ordinary.push({ element, index });
      continue;
    }
    const directive = element[directiveMarker] as JsonValue;
    if (directive === 'replace') {
      replace = true;
    } else if (directive === 'delete') {
      if (!Object.hasOwn(element, mergeKey)) context.fail(noMergeKey(element, mergeKey));
      deleted.add(element[mergeKey] as JsonValue);
    } else if (directive === 'merge') {
      context.fail('merging lists cannot yet be specified in the patch');
    } else {
      const what = `unknown patch type: ${goVerbString(directive)}`;
      context.fail(`${what} in map: ${goText(element)}`);
    }
  }
  return { ordinary, deleted, replace };
}

/** Merges a list whose elements are objects with a key. */
export function mergeKeyed(
  original: readonly JsonObject[],
  patch: readonly JsonObject[],
  list: ListSchema,
  typed: boolean,
  context: KeyedContext,
): Keyed {
  const mergeKey = list.mergeKey ?? '';
  const struct = list.elem.kind === 'struct' ? list.elem.struct : 'unknown';
  const keyType = struct === 'unknown' ? undefined : struct.byName.get(mergeKey);
  const zeroKey = keyType?.type.kind === 'string' ? '' : 0;
  // A required key that was never set is there at its zero value, as Go would have written it.
  const implied = typed && keyType?.required === true ? zeroKey : undefined;
  const keyOf = (element: JsonObject, fallback: JsonValue | undefined): JsonValue => {
    const own = Object.hasOwn(element, mergeKey) ? element[mergeKey] : fallback;
    return own === undefined ? context.fail(noMergeKey(element, mergeKey)) : own;
  };

  const impliedKey = (element: JsonObject): JsonValue =>
    (Object.hasOwn(element, mergeKey) ? element[mergeKey] : implied) ?? null;

  const { ordinary, deleted, replace } = takeDirectives(patch, mergeKey, context);
  if (replace) {
    const items = ordinary.map(({ element }) => element);
    const keys = items.map((element) => keyOf(element, undefined));
    return {
      items,
      keys,
      patchKeys: [],
      serverKeys: keys,
      reusedServerKeys: original.map(impliedKey),
    };
  }

  const items = original.filter((element) => {
    const key = impliedKey(element);
    return key === null || !deleted.has(key);
  });
  const kept = items.length;
  const indexOnServer = firstIndex(items.map(impliedKey));
  const appended = new Map<JsonValue, number>();
  const patchKeys: JsonValue[] = [];
  for (const { element, index } of ordinary) {
    const key = keyOf(element, undefined);
    patchKeys.push(key);
    const known = indexOnServer(key);
    const position = known >= 0 ? known : appended.get(key);
    if (position === undefined) {
      appended.set(key, items.length);
      items.push(element);
    } else {
      const base = items[position] as JsonObject;
      items[position] = context.merge(base, element, struct, typed && position < kept, index);
    }
  }
  const keys = items.map((element, position) =>
    keyOf(element, position < kept ? implied : undefined),
  );
  const serverKeys = keys.slice(0, kept);
  const reusedServerKeys = keys.slice(0, original.length);
  return { items, keys, patchKeys, serverKeys, reusedServerKeys };
}

/** A list that is taken over whole, with its repeated keys. */
export function keyedAsIs(
  elements: readonly JsonObject[],
  mergeKey: string,
  fail: (detail: string) => never,
): Keyed {
  const keys = elements.map((element) => {
    if (!Object.hasOwn(element, mergeKey)) fail(noMergeKey(element, mergeKey));
    return element[mergeKey] as JsonValue;
  });
  return { items: elements, keys, patchKeys: [], serverKeys: [], reusedServerKeys: [] };
}
