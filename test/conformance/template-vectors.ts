import { readFileSync } from 'node:fs';
import { type FunctionMap, type MissingKey, parseTemplate } from '../../src/gotemplate/index.ts';
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
    const missingKey = vector.options?.[0]?.replace('missingkey=', '') as MissingKey | undefined;
    actual = parseTemplate('inject', text, {
      functions: functions[vector.funcs],
      ...(missingKey === undefined ? {} : { missingKey }),
      ...(vector.extraTemplates === undefined ? {} : { extraTemplates: vector.extraTemplates }),
    }).execute(dataOf(vector));
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
