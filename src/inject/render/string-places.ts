/** Where the strings of an overlay stand, by Kubernetes' types. Exports: {@link stringPlaces}, {@link isDirect}. */
import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';
import type { StructSchema, TypeSchema } from '../../schema/index.ts';
import type { TakeApart, TextParts } from './fill-plan.ts';

/** What is known of the strings of an overlay that hold something to fill in. */
export interface StringPlaces {
  /** `string`: exactly one string of the overlay holds the text, and it can be any string. */
  readonly holes: ReadonlyMap<number, 'string' | 'decisive'>;
  readonly strings: readonly TextParts[];
}

/** True for an overlay without directives, and without nulls in lists. */
export function isDirect(value: JsonValue): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every((item) => item !== null && isDirect(item));
  return Object.entries(value).every(
    ([key, member]) => !key.startsWith('$') && key !== '__proto__' && isDirect(member),
  );
}

/** Finds the strings that hold something to fill in. */
export function stringPlaces(
  overlay: JsonObject,
  schema: StructSchema,
  takeApart: TakeApart,
): StringPlaces {
  const holes = new Map<number, 'string' | 'decisive'>();
  const strings: TextParts[] = [];
  const meet = (text: string, free: boolean): void => {
    const parts = takeApart(text);
    if (parts === undefined) return;
    strings.push(parts);
    for (const part of parts) {
      if (typeof part !== 'number') continue;
      holes.set(part, free && !holes.has(part) ? 'string' : 'decisive');
    }
  };
  walk(overlay, { kind: 'struct', struct: schema }, true, meet);
  return { holes, strings };
}

/** Is told of each string, and whether it can be anything there. */
type Meet = (text: string, free: boolean) => void;

/** @param free the value does not tell elements of a list apart */
function walk(value: JsonValue, type: TypeSchema | undefined, free: boolean, meet: Meet): void {
  if (typeof value === 'string') meet(value, free && type?.kind === 'string');
  else if (Array.isArray(value)) walkList(value, type, meet);
  else if (isJsonObject(value)) walkObject(value, type, undefined, meet);
}

function walkList(list: readonly JsonValue[], type: TypeSchema | undefined, meet: Meet): void {
  const known = type?.kind === 'list' ? type : undefined;
  for (const element of list) {
    if (isJsonObject(element)) walkObject(element, known?.elem, known?.mergeKey, meet);
    else walk(element, known?.elem, known !== undefined && known.set !== true, meet);
  }
}

function walkObject(
  object: JsonObject,
  type: TypeSchema | undefined,
  mergeKey: string | undefined,
  meet: Meet,
): void {
  for (const [key, member] of Object.entries(object)) {
    meet(key, false);
    walk(member, memberType(type, key), key !== mergeKey, meet);
  }
}

function memberType(type: TypeSchema | undefined, key: string): TypeSchema | undefined {
  if (type?.kind === 'struct') return type.struct.byName.get(key)?.type;
  return type?.kind === 'map' ? type.elem : undefined;
}
