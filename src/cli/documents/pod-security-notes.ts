import { memberAt } from '../../inject/workload/template-path.ts';
import { isJsonObject, type JsonObject } from '../../json.ts';
import type { DocumentResult } from '../../manifest/inject-document.ts';
import { named } from '../../manifest/workload-errors.ts';
import type { PodSecurityLevel, Violation } from '../../pod-security/violation.ts';

/** Says what the pods of a document, as they are after injection, do against a level. */
export type PodSecurityNotes = (document: DocumentResult) => string[];

/** Makes the notes for a level; undefined without one. */
export async function podSecurityNotes(
  level: PodSecurityLevel | undefined,
): Promise<PodSecurityNotes | undefined> {
  if (level === undefined) return undefined;
  const { checkPodSecurity } = await import('../../pod-security/check-pod-security.ts');
  return ({ object, value }) =>
    (object?.workloads ?? []).flatMap(({ pointer, place, workload }) => {
      const owner = memberAt(value ?? {}, pointer.split('/').slice(1));
      const template = isJsonObject(owner) ? memberAt(owner, place.template) : undefined;
      if (!isJsonObject(template)) return [];
      return checkPodSecurity(template as JsonObject, level).map(
        (violation) => `${named(workload)}: ${violationText(violation, level)}`,
      );
    });
}

/** `Pod Security baseline: container "web": privileged must not be true (Privileged Containers)`. */
function violationText({ rule, container, message }: Violation, level: PodSecurityLevel): string {
  const who = container === undefined ? 'the pod' : `container ${JSON.stringify(container)}`;
  const remedy = container === 'istio-init' ? "; with Istio's CNI plugin there is none" : '';
  return `Pod Security ${level}: ${who}: ${message} (${rule})${remedy}`;
}
