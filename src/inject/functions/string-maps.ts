/** Functions on `map[string]string` (`pkg/kube/inject/template.go`). Exports: {@link stringMapFunctions}. */
import { encodeGoJson } from '../../gotemplate/encode/json-encode.ts';
import { type FunctionMap, GoMap, stringMapType, stringType } from '../../gotemplate/index.ts';
import { boolType } from '../../gotemplate/value/model.ts';

type Entries = { [key: string]: unknown };

/** An object without a prototype: keys come from users. */
function copyOf(map: GoMap): Entries {
  return Object.assign(Object.create(null) as Entries, map.entries);
}

function stringMap(entries: Entries | null): GoMap {
  return new GoMap(stringMapType, entries);
}

function merge(maps: readonly GoMap[]): GoMap {
  if (maps.length === 0) return stringMap(null);
  const merged: Entries = Object.create(null) as Entries;
  for (const map of maps) Object.assign(merged, copyOf(map));
  return stringMap(merged);
}

export const stringMapFunctions: FunctionMap = {
  /** `isset m "k"`: true when the key is there, whatever its value. */
  isset: {
    in: [stringMapType, stringType],
    out: boolType,
    looksUp: [],
    call: (map: GoMap, key: string) => map.entries !== null && Object.hasOwn(map.entries, key),
  },
  /** `omit m "k"…`: a copy without the keys; never nil. Hides sprig's, which takes other maps. */
  omit: {
    in: [stringMapType, stringType],
    variadic: true,
    out: stringMapType,
    call: (map: GoMap, ...keys: string[]) => {
      const kept = copyOf(map);
      for (const key of keys) delete kept[key];
      return stringMap(kept);
    },
  },
  /** `strdict "k" "v"…`: a map of strings; a last key without value gets the empty one. */
  strdict: {
    in: [stringType],
    variadic: true,
    out: stringMapType,
    call: (...pairs: string[]) => {
      const made: Entries = Object.create(null) as Entries;
      for (let i = 0; i < pairs.length; i += 2) made[pairs[i] ?? ''] = pairs[i + 1] ?? '';
      return stringMap(made);
    },
  },
  /** `mergeMaps m…`: the union, later maps win; nil without arguments. */
  mergeMaps: {
    in: [stringMapType],
    variadic: true,
    out: stringMapType,
    call: (...maps: GoMap[]) => merge(maps),
  },
  /** `toJsonMap m…`: {@link mergeMaps} as JSON. */
  toJsonMap: {
    in: [stringMapType],
    variadic: true,
    out: stringType,
    call: (...maps: GoMap[]) => encodeGoJson(merge(maps)),
  },
  /** `toJSON m`: the map as JSON, `{}` for nil. */
  toJSON: {
    in: [stringMapType],
    out: stringType,
    call: (map: GoMap) => (map.entries === null ? '{}' : encodeGoJson(map)),
  },
};
