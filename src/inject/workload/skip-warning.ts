import type { Decision, OwnerMeta } from '../types.ts';

/**
 * What people are told when their workload is left out, in upstream's words, which scripts look for
 * (`pkg/kube/inject/inject.go`, IntoObject).
 *
 * @param templateName name in the pod template's own metadata; empty when it has none
 */
export function skipWarning(
  decision: Decision,
  { kind, name, namespace }: OwnerMeta,
  templateName: string,
): string {
  const called = templateName === '' ? name : templateName;
  const full = namespace === '' ? called : `${namespace}/${called}`;
  const why =
    decision.reason === 'host-network' ? 'host networking enabled' : 'sidecar injection disabled';
  return `===> Skipping injection because ${kind === '' ? '' : `${kind} `}"${full}" has ${why}`;
}
