/** Exports: {@link calledFunction}. */
import type { GoFunction } from '../gotemplate/index.ts';
import { either, type Known, unknown } from './abstract-value.ts';

/** Told of each reference that a call makes. */
type Refer = (kind: 'values' | 'annotations' | 'labels', path: readonly string[]) => void;

/** What a call gives, as far as that can be said; takes down the names that it looks up. */
export function calledFunction(
  name: string,
  args: readonly Known[],
  fn: GoFunction | undefined,
  refer: Refer,
): Known {
  const special = Object.hasOwn(specials, name) ? specials[name] : undefined;
  if (special !== undefined) return special(args, refer);
  const type = fn?.out;
  return type === undefined || type.kind === 'interface' || type.kind === 'map'
    ? unknown
    : { kind: 'typed', type };
}

type Special = (args: readonly Known[], refer: Refer) => Known;

const specials: { readonly [name: string]: Special } = {
  index: lookUp,
  get: lookUp,
  hasKey: lookUp,
  isset: lookUp,
  annotation: ([, name], refer) => {
    lookUp([{ kind: 'texts', of: 'annotation' }, name ?? unknown], refer);
    return unknown;
  },
  dict: (args) => {
    const members = new Map<string, Known>();
    for (let at = 0; at + 1 < args.length; at += 2) {
      for (const key of wordsOf(args[at])) members.set(key, args[at + 1] ?? unknown);
    }
    return { kind: 'dict', members };
  },
  set: ([map = unknown, key, value = unknown]) => {
    if (map.kind === 'dict') for (const word of wordsOf(key)) map.members.set(word, value);
    return map;
  },
  list: (args) => ({ kind: 'list', element: args.reduce(either, unknown) }),
  append: ([list = unknown, item = unknown]) => ({
    kind: 'list',
    element: either(list.kind === 'list' ? list.element : unknown, item),
  }),
  first: ([list = unknown]) => elementOfList(list),
  last: ([list = unknown]) => elementOfList(list),
  or: (args) => args.reduce(either, unknown),
  and: (args) => args.reduce(either, unknown),
  default: (args) => args.reduce(either, unknown),
  coalesce: (args) => args.reduce(either, unknown),
  ternary: ([yes = unknown, no = unknown]) => either(yes, no),
  omitNil: ([value = unknown]) => value,
  deepCopy: ([value = unknown]) => value,
};

/** `index m "a" "b"` and its like. */
function lookUp([map = unknown, ...names]: readonly Known[], refer: Refer): Known {
  if (map.kind === 'texts') {
    for (const word of wordsOf(names[0])) {
      refer(map.of === 'annotation' ? 'annotations' : 'labels', [word]);
    }
    return unknown;
  }
  if (map.kind === 'values') {
    let path: readonly string[] = map.path;
    for (const name of names) {
      const words = wordsOf(name);
      if (words.length !== 1) return unknown;
      path = [...path, words[0] ?? ''];
    }
    refer('values', path);
    return { kind: 'values', path };
  }
  if (map.kind === 'dict' && names.length === 1) {
    return wordsOf(names[0])
      .map((word) => map.members.get(word) ?? unknown)
      .reduce(either, unknown);
  }
  return names.length === 1 ? elementOfList(map) : unknown;
}

function wordsOf(value: Known | undefined): readonly string[] {
  return value?.kind === 'words' ? value.words : [];
}

function elementOfList(value: Known): Known {
  if (value.kind === 'list') return value.element;
  const elem = value.kind === 'typed' ? value.type.elem : undefined;
  return elem === undefined ? unknown : { kind: 'typed', type: elem };
}
