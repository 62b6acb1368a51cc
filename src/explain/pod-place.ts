/** Where pods come from, and how to change that. Exports: {@link writePod}, {@link restart}. */
import { ownerOf } from '../inject/data/owner.ts';
import { templatePathText } from '../inject/workload/template-path.ts';
import { builtInKinds, findKind, typeOf } from '../inject/workload/workload-kinds.ts';
import type { JsonObject } from '../json.ts';
import { commandLine } from './command-line.ts';
import type { Remedy } from './explanation.ts';
import { commandTarget, inNamespace } from './object-name.ts';
import type { Subject } from './subject.ts';

/** Where pods like this one get their metadata from. */
interface PodPlace {
  /** `apiVersion` and `kind` of the object to change. */
  readonly object: JsonObject;
  readonly name: string;
  readonly metadata: readonly string[];
}

/**
 * The way to have pods carry a label or annotation. That of a pod that exists is of no use: it counts when the pod
 * is made, so the workload that makes it has to change.
 */
export function writePod(
  subject: Subject,
  member: 'labels' | 'annotations',
  name: string,
  value: string,
  text: string,
): Remedy {
  const place = placeOf(subject);
  const line = `${name}: ${JSON.stringify(value)}`;
  if (place === undefined) {
    return {
      text: `${text}, and create the pod anew`,
      yaml: { path: `metadata.${member}`, line },
    };
  }
  const path = [...place.metadata, member];
  const yaml = { path: templatePathText(path), line };
  // Whoever has the manifest at hand changes that; nobody can change the template of a Job.
  const manifestOnly = subject.source !== undefined || place.object['kind'] === 'Job';
  if (manifestOnly || place.name === '') return { text, yaml };
  const patch = path.reduceRight<JsonObject>((inner, step) => ({ [step]: inner }), {
    [name]: value,
  });
  const target = commandTarget(place.object, place.name);
  const command = commandLine(
    ...['kubectl', 'patch', target, ...inNamespace(subject.name.namespace)],
    ...['--type', 'merge', '-p', JSON.stringify(patch)],
  );
  return { text, command, yaml };
}

/** Undefined for a pod that nothing known makes. */
function placeOf({ object, pod, name, metadataPath, exists }: Subject): PodPlace | undefined {
  if (!exists) {
    const { kind } = typeOf(object);
    return kind === 'Pod' ? undefined : { object, name: name.name, metadata: metadataPath };
  }
  const owner = ownerOf(pod, name.namespace ?? '');
  const above = { apiVersion: owner.apiVersion, kind: owner.kind };
  const template = findKind(builtInKinds, above)?.places[0]?.template;
  if (template === undefined || template.length === 0) return undefined;
  return { object: above, name: owner.name, metadata: [...template, 'metadata'] };
}

/** Kinds whose pods `kubectl rollout restart` makes anew. */
const restartable: ReadonlySet<unknown> = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/** How to have pods made anew. */
export function restart(subject: Subject): Remedy {
  const place = placeOf(subject);
  if (place === undefined || place.name === '' || !restartable.has(place.object['kind'])) {
    return { text: 'Delete the pods and have them created again' };
  }
  const target = commandTarget(place.object, place.name);
  return {
    text: 'Have the pods made anew',
    command: commandLine(
      ...['kubectl', 'rollout', 'restart', target, ...inNamespace(subject.name.namespace)],
    ),
  };
}
