import type { JsonObject } from '../../src/json.ts';
import { isJsonObject } from '../../src/json.ts';
import { variedPod } from './varied-pod.ts';

const workload = variedPod(33);

/** One of the pods of a workload with many: a StatefulSet's, so that they differ in their names. */
export function replica(number: number): JsonObject {
  const { metadata } = workload;
  const { generateName, ...rest } = isJsonObject(metadata) ? metadata : {};
  return { ...workload, metadata: { ...rest, name: `${String(generateName)}${number}` } };
}
