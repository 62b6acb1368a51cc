/**
 * The pod that is asked about, out of what holds it. Exports: {@link Subject}, {@link subjectOf},
 * {@link podPlace}.
 */
import { textMap } from '../diagnose/check.ts';
import { isInjected } from '../diagnose/injected-pod.ts';
import { annotations } from '../inject/annotations.ts';
import { podAnnotations, podLabels } from '../inject/pod-metadata.ts';
import { partsOf, podOf } from '../inject/workload/template-parts.ts';
import { memberAt } from '../inject/workload/template-path.ts';
import type { TemplatePlace } from '../inject/workload/workload-kinds.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import type { ObjectName } from './explanation.ts';
import type { ClusterFacts, SubjectFacts } from './facts.ts';
import { objectName } from './object-name.ts';

/** A pod is its own template. */
export const podPlace: TemplatePlace = { template: [], metadata: ['metadata'] };

/** Everything that an explanation is made from. */
export interface Subject extends SubjectFacts {
  readonly name: ObjectName;
  /** The pod as its author wrote it, or as it is. */
  readonly pod: JsonObject;
  readonly labels: { readonly [name: string]: string };
  readonly annotations: { readonly [name: string]: string };
  /** Undefined when nothing is known about the namespace. */
  readonly namespaceLabels: { readonly [name: string]: string } | undefined;
  /** A pod of a cluster, not something that pods will be made of. */
  readonly exists: boolean;
  /** Whether the pod has the sidecar: since it was made, or because kube-inject put it into the template. */
  readonly injected: boolean;
  /** Way from the object to the metadata that counts. */
  readonly metadataPath: readonly string[];
  readonly cluster: ClusterFacts;
}

/** @returns undefined when there is no pod template in the object */
export function subjectOf(facts: SubjectFacts, cluster: ClusterFacts): Subject | undefined {
  const { object, place, namespace } = facts;
  const template = memberAt(object, place.template);
  if (!isJsonObject(template)) return undefined;
  // Of a CronJob, too, pods have the metadata of the pod template, whatever kube-inject goes by.
  const metadataPath = [...place.template, 'metadata'];
  const own = place.template.length === 0;
  const pod = own
    ? object
    : podOf(partsOf(object, template, { template: place.template, metadata: metadataPath }));
  const exists = own && wasCreated(object);
  return {
    ...facts,
    name: objectName(object, namespace.name),
    pod,
    labels: textMap(podLabels(pod)),
    annotations: textMap(podAnnotations(pod)),
    namespaceLabels: namespace.object && labelsOfNamespace(namespace.name, namespace.object),
    exists,
    // In a template, a container of the proxy's name alone is a wish for how it should be.
    injected: exists ? isInjected(pod) : Object.hasOwn(podAnnotations(pod), annotations.status),
    metadataPath,
    cluster,
  };
}

function wasCreated({ metadata }: JsonObject): boolean {
  return isJsonObject(metadata) && ('uid' in metadata || 'creationTimestamp' in metadata);
}

/** The API server gives every namespace a label with its name. */
function labelsOfNamespace(name: string, namespace: JsonObject): { [label: string]: string } {
  return { 'kubernetes.io/metadata.name': name, ...textMap(podLabels(namespace)) };
}
