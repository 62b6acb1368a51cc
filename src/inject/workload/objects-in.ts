/** Exports: {@link objectsIn}, {@link FoundObject}. */
import { isJsonObject, type JsonObject } from '../../json.ts';
import { isList } from './workload-kinds.ts';

/** An object, and where it was found. */
export interface FoundObject {
  readonly object: JsonObject;
  /** JSON pointer within what was handed in; empty for that itself. */
  readonly pointer: string;
}

/** The objects that an object stands for: itself or, for a List, everything in it, in the order of the text. */
export function* objectsIn(object: JsonObject): Generator<FoundObject> {
  // A stack instead of recursion: Lists can be nested as deep as the text is long.
  const waiting: FoundObject[] = [{ object, pointer: '' }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { items } = next.object;
    if (!isList(next.object) || !Array.isArray(items)) {
      yield next;
      continue;
    }
    for (const [index, item] of [...items.entries()].reverse()) {
      if (!isJsonObject(item)) continue;
      waiting.push({ object: item, pointer: `${next.pointer}/items/${index}` });
    }
  }
}
