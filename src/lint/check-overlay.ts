/** What is wrong with a rendered overlay. Exports: {@link checkOverlay}, {@link repeatedKeys}, {@link OverlayProblem}. */
import { OutriggerError } from '../errors.ts';
import { parseGoYaml } from '../goyaml/index.ts';
import type { JsonValue } from '../json.ts';
import { locate } from '../manifest/source/locate.ts';
import type { SourceMap, SourceNode } from '../manifest/source/source-node.ts';
import { DecodeError, decode, strategicMerge } from '../merge/index.ts';
import { type StructSchema, structSchema, type TypeSchema } from '../schema/index.ts';
import { nearestName } from '../settings/nearest-name.ts';
import type { LintRule } from './finding.ts';

/** Something wrong, and where in the rendered text. */
export interface OverlayProblem {
  readonly rule: LintRule;
  readonly message: string;
  readonly index: number;
}

/** Looks at what a template has rendered: YAML, fields, keys, and whether it can be merged into a pod. */
export function checkOverlay(rendered: string): readonly OverlayProblem[] {
  let overlay: JsonValue;
  let tree: SourceNode | undefined;
  try {
    overlay = parseGoYaml(rendered);
    tree = locate(rendered, (key) => key);
  } catch (error) {
    // The line that it names is one of the output, which nobody sees.
    const message = textOf(error).replace(/^yaml: line \d+: /, 'yaml: ');
    return [{ rule: 'invalid-yaml', message, index: indexOfError(error, rendered) }];
  }
  const problems: OverlayProblem[] = [];
  const schema = structSchema('Pod');
  if (tree !== undefined) checkStruct(tree, schema, '', problems);
  try {
    // By itself first: then an error has a path.
    decode(schema, overlay);
    strategicMerge(schema, {}, overlay);
  } catch (error) {
    const path = error instanceof DecodeError ? error.path : '';
    const message = textOf(error);
    problems.push({ rule: 'invalid-overlay', message, index: indexOfPath(tree, path) });
  }
  return problems;
}

/** Keys that a YAML text of any kind has twice in one mapping; none in a text that is not YAML. */
export function repeatedKeys(text: string): readonly OverlayProblem[] {
  const problems: OverlayProblem[] = [];
  try {
    const tree = locate(text, (key) => key);
    if (tree !== undefined) checkKeysBelow(tree, '', problems);
  } catch {
    // What is wrong with it is told by whoever reads it.
  }
  return problems;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function indexOfError(error: unknown, text: string): number {
  if (!(error instanceof OutriggerError)) return 0;
  const { line = 1, column = 1 } = error.place;
  const lines = text.split('\n').slice(0, line - 1);
  return lines.reduce((sum, { length }) => sum + length + 1, column - 1);
}

/** The place of a path whose lists have no indexes: the first element that has the rest of the path. */
function indexOfPath(tree: SourceNode | undefined, path: string): number {
  const names = path.split('.').filter((name) => name !== '');
  let index = tree?.start ?? 0;
  const follow = (node: SourceNode | undefined, depth: number): boolean => {
    const name = names[depth];
    if (node === undefined || name === undefined) return name === undefined;
    if (node.kind === 'list') return node.items.some(({ value }) => follow(value, depth));
    if (node.kind !== 'map') return false;
    const entry = node.entries.find(({ key }) => key === name.replace(/\[\d*\]$/, ''));
    if (entry === undefined) return false;
    index = entry.start;
    return follow(entry.value, depth + 1);
  };
  follow(tree, 0);
  return index;
}

function checkStruct(
  node: SourceNode,
  schema: StructSchema,
  path: string,
  problems: OverlayProblem[],
): void {
  if (node.kind !== 'map') return;
  checkKeys(node, path, problems);
  for (const { key, merge, start, value } of node.entries) {
    // Directives of the merge, and what aliases bring along, are no fields.
    if (key === undefined || merge || key.startsWith('$')) continue;
    const inner = path === '' ? key : `${path}.${key}`;
    const field = schema.byName.get(key);
    if (field !== undefined) checkType(value, field.type, inner, problems);
    else if (!schema.open) {
      const near = nearestName(key, schema.byName.keys());
      const message = `${path === '' ? 'a pod' : path} has no field ${key}${near === undefined ? '' : `; did you mean ${near}?`}`;
      problems.push({ rule: 'unknown-pod-field', message, index: start });
    }
  }
}

function checkType(
  node: SourceNode,
  type: TypeSchema,
  path: string,
  problems: OverlayProblem[],
): void {
  if (type.kind === 'struct') checkStruct(node, type.struct, path, problems);
  else if (type.kind === 'list' && node.kind === 'list') {
    for (const { value } of node.items) checkType(value, type.elem, `${path}[]`, problems);
  } else if (type.kind === 'map' && node.kind === 'map') {
    checkKeys(node, path, problems);
    for (const { key, value } of node.entries) {
      checkType(value, type.elem, `${path}.${key ?? ''}`, problems);
    }
  } else checkKeysBelow(node, path, problems);
}

/** What no type tells about: keys are looked at all the same. */
function checkKeysBelow(node: SourceNode, path: string, problems: OverlayProblem[]): void {
  if (node.kind === 'list') {
    for (const { value } of node.items) checkKeysBelow(value, `${path}[]`, problems);
  } else if (node.kind === 'map') {
    checkKeys(node, path, problems);
    for (const { key, value } of node.entries) {
      checkKeysBelow(value, path === '' ? (key ?? '') : `${path}.${key ?? ''}`, problems);
    }
  }
}

function checkKeys({ entries }: SourceMap, path: string, problems: OverlayProblem[]): void {
  const seen = new Set<string>();
  for (const { key, start } of entries) {
    if (key === undefined) continue;
    if (seen.has(key)) {
      const message = `${path === '' ? 'the top' : path} has the key ${key} twice; only the last one counts`;
      problems.push({ rule: 'duplicate-key', message, index: start });
    }
    seen.add(key);
  }
}
