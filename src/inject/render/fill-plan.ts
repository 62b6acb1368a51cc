/**
 * Copies of a value with other strings in some places. Exports: {@link planFilling}, {@link fill},
 * {@link FillPlan}, {@link TextParts}.
 */
import type { JsonObject, JsonValue } from '../../json.ts';

/** A string made of fixed parts and texts to fill in, which are given by their numbers. */
export type TextParts = readonly (string | number)[];

/** How to copy an object or list: what stands in it, and what comes in the place of some members. */
export interface FillPlan {
  readonly source: JsonObject | readonly JsonValue[];
  readonly changes: readonly {
    readonly key: string;
    readonly index: number;
    readonly to: FillPlan | TextParts;
  }[];
}

/** Takes a string apart; undefined when it holds nothing to fill in. */
export type TakeApart = (text: string) => TextParts | undefined;

/** The plan for a value; undefined when there is nothing to fill in. */
export function planFilling(value: JsonValue, takeApart: TakeApart): FillPlan | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const changes = Object.entries(value).flatMap(([key, member], index) => {
    const to = typeof member === 'string' ? takeApart(member) : planFilling(member, takeApart);
    return to === undefined ? [] : [{ key, index, to }];
  });
  if (changes.length === 0) return undefined;
  return { source: value, changes };
}

/** The plan for a value in which nothing is to fill in. */
export function unchanged(source: JsonObject): FillPlan {
  return { source, changes: [] };
}

/**
 * Copies what the plan is for.
 *
 * @param texts what to fill in
 */
export function fill({ source, changes }: FillPlan, texts: readonly string[]): JsonValue {
  if (isList(source)) {
    const list = [...source];
    for (const { index, to } of changes) list[index] = filled(to, texts);
    return list;
  }
  const object: JsonObject = { ...source };
  for (const { key, to } of changes) object[key] = filled(to, texts);
  return object;
}

function isList(source: FillPlan['source']): source is readonly JsonValue[] {
  return Array.isArray(source);
}

function filled(to: FillPlan | TextParts, texts: readonly string[]): JsonValue {
  return 'source' in to ? fill(to, texts) : join(to, texts);
}

/** The string that parts make. */
export function join(parts: TextParts, texts: readonly string[]): string {
  let text = '';
  for (const part of parts) text += typeof part === 'string' ? part : (texts[part] ?? '');
  return text;
}
