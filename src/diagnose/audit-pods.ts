/**
 * Finds pods that are not as injection would make them now. Exports: {@link auditPods}, {@link Finding},
 * {@link AuditedCluster}.
 */
import { ownerOf } from '../inject/data/owner.ts';
import { decide } from '../inject/decide/decide.ts';
import type { DecisionPolicy } from '../inject/decide/rule.ts';
import { ownString, podLabels } from '../inject/pod-metadata.ts';
import type { NamespaceMeta } from '../inject/types.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import { hasEnded, injectedRevision, isInjected } from './injected-pod.ts';
import { type InjectionWebhook, webhooksMatching } from './injection-webhooks.ts';

/** What is wrong with a pod. */
export interface Finding {
  readonly namespace: string;
  readonly pod: string;
  /** What made it, such as `Deployment/web`: restarting that puts it right. */
  readonly workload: string;
  /**
   * `no-sidecar`: it should have one and has none; `other-revision`: another revision than the one that is in
   * charge injected it; `several-webhooks`: more than one configuration would inject it.
   */
  readonly problem: 'no-sidecar' | 'other-revision' | 'several-webhooks';
  readonly detail: string;
}

/** What is looked at. */
export interface AuditedCluster {
  readonly pods: readonly JsonObject[];
  readonly namespaces: ReadonlyMap<string, NamespaceMeta>;
  readonly webhooks: readonly InjectionWebhook[];
  /** The second gate of the injector. */
  readonly policy: DecisionPolicy;
}

/** Looks at every pod that has not ended. */
export function auditPods({ pods, namespaces, webhooks, policy }: AuditedCluster): Finding[] {
  const findings: Finding[] = [];
  for (const pod of pods) {
    if (hasEnded(pod)) continue;
    const metadata = isJsonObject(pod['metadata']) ? pod['metadata'] : {};
    const namespace = ownString(metadata, 'namespace') ?? '';
    const labels = namespaces.get(namespace)?.labels ?? {};
    const called = webhooksMatching(webhooks, labels, podLabels(pod));
    const [first] = called;
    if (first === undefined || !decide(pod, namespace, policy).inject) continue;
    const owner = ownerOf(pod, namespace);
    const found = problemOf(pod, first, called);
    if (found === undefined) continue;
    findings.push({
      namespace,
      pod: ownString(metadata, 'name') ?? '',
      workload: `${owner.kind}/${owner.name}`,
      ...found,
    });
  }
  return findings;
}

function problemOf(
  pod: JsonObject,
  webhook: InjectionWebhook,
  called: readonly InjectionWebhook[],
): Pick<Finding, 'problem' | 'detail'> | undefined {
  const { configuration, failurePolicy } = webhook;
  if (!isInjected(pod)) {
    const why =
      failurePolicy === 'Ignore'
        ? 'it may have been created while the injector was away (failurePolicy Ignore)'
        : 'it may be older than the labels or the webhook';
    return { problem: 'no-sidecar', detail: `${configuration} matches it, ${why}` };
  }
  if (called.length > 1) {
    const names = called.map((one) => one.configuration).join(', ');
    return { problem: 'several-webhooks', detail: `${names} all match it` };
  }
  const revision = injectedRevision(pod);
  if (revision !== undefined && webhook.revision !== '' && revision !== webhook.revision) {
    const detail = `injected by revision ${revision}, ${webhook.revision} is in charge now`;
    return { problem: 'other-revision', detail };
  }
  return undefined;
}
