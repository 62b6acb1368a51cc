import type { PatchOperation } from '../../inject/index.ts';
import { memberAt } from '../../inject/workload/template-path.ts';
import { groupOf } from '../../inject/workload/workload-kinds.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';
import { mergePatch } from '../../manifest/merge-patch.ts';
import type { RewrittenDocument } from '../../manifest/rewritten-document.ts';
import type { ResultWriter } from './result-writer.ts';

/** A patch and what it is for, in the words of a Kustomization's `patches`. */
interface TargetedPatch {
  readonly target: JsonObject;
  readonly patch: JsonValue;
}

/**
 * A writer that prints one JSON document: for input with a single object that object's patch, as `kubectl patch`
 * takes it; for several objects a list of the patches that are not empty, each with its target.
 */
export function patchWriter(
  format: 'json-patch' | 'merge-patch',
  write: (text: string) => void,
): ResultWriter {
  let objects = 0;
  const patches: TargetedPatch[] = [];
  const empty = format === 'json-patch' ? [] : {};
  return {
    startFile() {},
    document(_document, result) {
      const { object } = result;
      if (!object) return;
      objects += new Set([...object.workloads, ...object.others].map(({ pointer }) => pointer))
        .size;
      patches.push(...patchesOf(result, format));
    },
    end() {
      const value = objects > 1 ? patches : (patches[0]?.patch ?? empty);
      write(`${JSON.stringify(value, undefined, 2)}\n`);
    },
  };
}

function patchesOf(
  { object, change }: RewrittenDocument,
  format: 'json-patch' | 'merge-patch',
): TargetedPatch[] {
  if (!object || !change) return [];
  const operations = new Map<string, PatchOperation[]>();
  for (const { pointer, result } of object.workloads) {
    if (!result.patch?.length) continue;
    const list = operations.get(pointer) ?? [];
    // Of several templates in an object, all operations start at the object.
    for (const operation of result.patch) {
      list.push({ ...operation, path: operation.path.slice(pointer.length) });
    }
    operations.set(pointer, list);
  }
  return [...operations].map(([pointer, list]) => {
    const way = pointer.split('/').slice(1);
    const before = memberAt(change.before, way);
    const after = memberAt(change.after, way);
    return {
      target: targetOf(before),
      patch:
        format === 'json-patch'
          ? (list as unknown as JsonValue)
          : mergePatch(before ?? null, after ?? null),
    };
  });
}

function targetOf(object: JsonValue | undefined): JsonObject {
  if (!isJsonObject(object)) return {};
  const { apiVersion, kind, metadata } = object;
  const version = typeof apiVersion === 'string' ? apiVersion : '';
  const { name, namespace } = isJsonObject(metadata) ? metadata : {};
  const target = {
    group: groupOf(version),
    version: version.slice(version.indexOf('/') + 1),
    kind,
    name,
    namespace,
  };
  return Object.fromEntries(
    Object.entries(target).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
    ),
  );
}
