/**
 * Ways through an object to its pod templates. Exports: {@link TemplatePath}, {@link anyMember},
 * {@link parseTemplatePath}, {@link templatePathText}, {@link expandPath}, {@link memberAt}.
 */
import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';

/** Names of members, and places in lists as texts. {@link anyMember} stands for every one there is. */
export type TemplatePath = readonly string[];

/** Every element of a list, every member of a map. */
export const anyMember = '*';

const stepForm = /^([^[\]*]+)((?:\[(?:\*|\d+)\])*)$/;

/** Reads `spec.template`, `spec.tasks[*].template`, `spec.replicaSpecs.*.template`; undefined for other forms. */
export function parseTemplatePath(text: string): TemplatePath | undefined {
  const path: string[] = [];
  for (const step of text.split('.')) {
    if (step === anyMember) {
      path.push(step);
      continue;
    }
    const [, name, places = ''] = stepForm.exec(step) ?? [];
    if (name === undefined) return undefined;
    path.push(name, ...[...places.matchAll(/\[(.+?)\]/g)].map(([, place = '']) => place));
  }
  return path;
}

/** Writes a path as {@link parseTemplatePath} reads it. */
export function templatePathText(path: TemplatePath): string {
  return path
    .map((step, index) => {
      if (/^(?:\d+|\*)$/.test(step) && index > 0) return `[${step}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join('');
}

/** The paths without {@link anyMember} that lead to something in an object, in the order of the text. */
export function expandPath(object: JsonObject, path: TemplatePath): TemplatePath[] {
  let found: { readonly value: JsonValue; readonly path: TemplatePath }[] = [
    { value: object, path: [] },
  ];
  for (const step of path) {
    found = found.flatMap(({ value, path: way }) =>
      stepsFrom(value, step).map(([key, member]) => ({ value: member, path: [...way, key] })),
    );
  }
  return found.map(({ path: way }) => way);
}

/** What stands at a path without {@link anyMember}; undefined when nothing does. */
export function memberAt(object: JsonObject, path: TemplatePath): JsonValue | undefined {
  let value: JsonValue | undefined = object;
  for (const step of path) {
    if (Array.isArray(value)) value = value[Number(step)];
    else if (isJsonObject(value) && Object.hasOwn(value, step)) value = value[step];
    else return undefined;
  }
  return value;
}

/** The members that a step leads to; a null counts as nothing. */
function stepsFrom(value: JsonValue, step: string): (readonly [key: string, value: JsonValue])[] {
  const all =
    Array.isArray(value) || (isJsonObject(value) && step === anyMember)
      ? Object.entries(value)
      : isJsonObject(value) && Object.hasOwn(value, step)
        ? [[step, value[step] ?? null] as const]
        : [];
  return all.filter(([key, member]) => member !== null && (step === anyMember || key === step));
}
