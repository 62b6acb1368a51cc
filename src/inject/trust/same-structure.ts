/**
 * Whether text stayed text. Exports: {@link structuralDifference}.
 */
import { parseGoYaml } from '../../goyaml/index.ts';
import { isJsonObject, type JsonValue } from '../../json.ts';
import type { Marks } from './marks.ts';
import { quotedReadings } from './quoted-readings.ts';

/** A value that YAML takes for no string, however harmless the characters in it are. */
const numberLike = /^(?:[-+.\w]+|~)$/;

/**
 * Compares an overlay with the one that the same template makes of marked text. They have the same members
 * and elements, and differ only in strings that hold what the marks stand for, as long as no text got out of
 * its place.
 *
 * @param overlay made of the text as it is
 * @param marked made of marked text
 * @returns the path of the first difference, such as `spec.containers[0].env`; undefined when there is none
 */
export function structuralDifference(
  overlay: JsonValue,
  marked: JsonValue,
  marks: Marks,
): string | undefined {
  return differs(overlay, marked, marks)?.replace(/^\./, '');
}

/** The path is only put together on the way back from a difference: there hardly ever is one. */
function differs(value: JsonValue, marked: JsonValue, marks: Marks): string | undefined {
  if (typeof marked !== 'object' || marked === null) {
    return value === marked || sameScalar(value, marked, marks) ? undefined : '';
  }
  if (!Array.isArray(marked)) return membersDiffer(value, marked, marks);
  if (!Array.isArray(value) || value.length !== marked.length) return '';
  for (let at = 0; at < marked.length; at++) {
    const found = differs(value[at] ?? null, marked[at] ?? null, marks);
    if (found !== undefined) return `[${at}]${found}`;
  }
  return undefined;
}

function membersDiffer(
  value: JsonValue,
  marked: { readonly [key: string]: JsonValue },
  marks: Marks,
): string | undefined {
  if (!isJsonObject(value)) return '';
  const keys = Object.keys(marked);
  if (Object.keys(value).length !== keys.length) return '';
  for (const key of keys) {
    // No key of the overlay holds a mark, so one that is the same in both has none.
    const plainKey = Object.hasOwn(value, key) ? key : keyIn(value, key, marks);
    // A directive of strategic merge (`$patch`) reaches beyond the object that it stands in.
    const found =
      plainKey === undefined || (key !== plainKey && plainKey.startsWith('$'))
        ? ''
        : differs(value[plainKey] ?? null, marked[key] ?? null, marks);
    if (found !== undefined) return `.${marks.unmark(key)}${found}`;
  }
  return undefined;
}

function keyIn(value: object, key: string, marks: Marks): string | undefined {
  if (!marks.in(key)) return undefined;
  for (const reading of quotedReadings(key, marks)) {
    if (Object.hasOwn(value, reading)) return reading;
  }
  return undefined;
}

function sameScalar(value: JsonValue, marked: JsonValue, marks: Marks): boolean {
  if (typeof marked !== 'string' || !marks.in(marked)) return false;
  if (typeof value === 'string') {
    for (const reading of quotedReadings(marked, marks)) if (value === reading) return true;
    return sameDocument(value, marked, marks);
  }
  // `-1` pasted without quotes is a number; its marked form is not.
  return !isJsonObject(value) && !Array.isArray(value) && numberLike.test(marks.unmark(marked));
}

/** `toYaml` chooses quotes by the text; where its outcome is text again, only what it says can be compared. */
function sameDocument(text: string, marked: string, marks: Marks): boolean {
  try {
    const document = parseGoYaml(text);
    const isDocument = isJsonObject(document) || Array.isArray(document);
    return isDocument && differs(document, parseGoYaml(marked), marks) === undefined;
  } catch {
    return false;
  }
}
