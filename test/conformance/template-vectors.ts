import { readFileSync } from 'node:fs';
import {
  type FunctionMap,
  GoPointer,
  GoStruct,
  type MissingKey,
  parseTemplate,
  type Template,
} from '../../src/gotemplate/index.ts';
import { fieldReader } from '../../src/gotemplate/value/struct-field.ts';
import { parseGoYaml } from '../../src/goyaml/index.ts';
import type { JsonValue } from '../../src/json.ts';
import { type SidecarDescription, templateDataFromJson } from './sidecar-data.ts';

/** One template with its data and the answer of Go's own engine. */
export interface TemplateVector {
  readonly name: string;
  readonly tier: 'must' | 'should' | 'may';
  readonly funcs: 'builtin' | 'sprig' | 'istio';
  readonly template?: string;
  /** Name of a template in the injector's ConfigMap, instead of `template`. */
  readonly templateRef?: string;
  readonly data?: JsonValue;
  readonly valuesYaml?: string;
  readonly sidecar?: SidecarDescription;
  readonly options?: readonly string[];
  readonly extraTemplates?: readonly { readonly name: string; readonly text: string }[];
  readonly output?: string;
  readonly error?: string;
}

export function readVectors(path: string): readonly TemplateVector[] {
  return JSON.parse(readFileSync(path, 'utf8')) as readonly TemplateVector[];
}

/** Functions by the name that vectors give them. */
export interface FunctionSets {
  readonly builtin: FunctionMap;
  readonly sprig: FunctionMap;
  readonly istio: FunctionMap;
}

function dataOf(vector: TemplateVector): unknown {
  if (vector.sidecar !== undefined) return templateDataFromJson(vector.sidecar);
  if (vector.valuesYaml !== undefined) return { Values: parseGoYaml(vector.valuesYaml) };
  return vector.data;
}

/** Runs a vector; undefined when it agrees, else what came out instead. */
export function disagreement(
  vector: TemplateVector,
  functions: FunctionSets,
  text = vector.template ?? '',
): { expected: string; actual: string } | undefined {
  let actual: string;
  let failed = false;
  try {
    actual = parsed(vector, functions, text).execute(dataOf(vector));
  } catch (error) {
    failed = true;
    actual = error instanceof Error ? error.message : String(error);
  }
  const agrees =
    vector.error === undefined
      ? !failed && actual === vector.output
      : failed && actual.includes(vector.error);
  if (agrees) return undefined;
  return { expected: vector.error ?? vector.output ?? '', actual };
}

function parsed(vector: TemplateVector, functions: FunctionSets, text: string): Template {
  const missingKey = vector.options?.[0]?.replace('missingkey=', '') as MissingKey | undefined;
  return parseTemplate('inject', text, {
    functions: functions[vector.funcs],
    ...(missingKey === undefined ? {} : { missingKey }),
    ...(vector.extraTemplates === undefined ? {} : { extraTemplates: vector.extraTemplates }),
  });
}

/**
 * Runs variants of a vector's template, made with all fields of its data known and with every second one.
 * Undefined when each of them fails or gives what the template itself gives.
 */
export function variantDisagreement(
  vector: TemplateVector,
  functions: FunctionSets,
  text = vector.template ?? '',
): { expected: string; actual: string } | undefined {
  let template: Template;
  try {
    template = parsed(vector, functions, text);
  } catch {
    return undefined;
  }
  const expected = outcome(template, dataOf(vector));
  const data = freezeMaps(dataOf(vector));
  const fields = [...fieldsOf(data)];
  const choices = [
    fields,
    fields.filter((_, at) => at % 2 === 0),
    fields.filter((_, at) => at % 2),
  ];
  for (const known of choices) {
    const actual = outcome(template.specialise(new Map(known)), data);
    if (!actual.startsWith('error: ') && actual !== expected) return { expected, actual };
  }
  return undefined;
}

function outcome(template: Template, data: unknown): string {
  try {
    return template.execute(data);
  } catch (error) {
    return `error: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function fieldsOf(data: unknown): Iterable<[string, unknown]> {
  const target = data instanceof GoPointer ? data.target : data;
  if (target instanceof GoStruct) {
    return [...(target.type.fields?.keys() ?? [])].map((name) => [
      name,
      fieldReader(target.type, name)?.(target),
    ]);
  }
  if (typeof target !== 'object' || target === null || Array.isArray(target)) return [];
  return Object.entries(target).map(([name, value]): [string, unknown] => [name, value ?? null]);
}

function freezeMaps(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof GoPointer) freezeMaps(value.target);
  else if (value instanceof GoStruct) freezeMaps(value.source);
  else {
    for (const member of Object.values(value)) freezeMaps(member);
    Object.freeze(value);
  }
  return value;
}
