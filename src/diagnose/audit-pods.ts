/**
 * Finds pods that are not as injection would make them now. Exports: {@link auditPods}, {@link podsToInject},
 * {@link Audit}, {@link Finding}, {@link AuditedCluster}, {@link PodToInject}.
 */
import { annotations } from '../inject/annotations.ts';
import { ownerOf } from '../inject/data/owner.ts';
import { decide } from '../inject/decide/decide.ts';
import type { DecisionPolicy } from '../inject/decide/rule.ts';
import { ownString, podAnnotations, podLabels } from '../inject/pod-metadata.ts';
import type { NamespaceMeta } from '../inject/types.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import { type InjectionWebhook, webhooksMatching } from './injection-webhooks.ts';

/** What is wrong with a pod. */
export interface Finding {
  readonly namespace: string;
  readonly pod: string;
  /** What made it, such as `Deployment/web`: restarting that puts it right. */
  readonly workload: string;
  /**
   * `no-sidecar`: it should have one and has none; `other-revision`: another revision than the one that is in
   * charge injected it; `other-configuration`: the right revision did, but by another configuration than it has
   * now; `several-webhooks`: more than one configuration would inject it.
   */
  readonly problem: 'no-sidecar' | 'other-revision' | 'other-configuration' | 'several-webhooks';
  readonly detail: string;
}

/** What came of it. */
export interface Audit {
  readonly findings: readonly Finding[];
  /** How many sidecars could not be compared by configuration, only by revision. */
  readonly uncompared: number;
}

/** What is looked at. */
export interface AuditedCluster {
  readonly pods: readonly JsonObject[];
  readonly namespaces: ReadonlyMap<string, NamespaceMeta>;
  readonly webhooks: readonly InjectionWebhook[];
  /** The second gate of the injector. */
  readonly policy: DecisionPolicy;
}

/** A pod that would be injected if it were created now. */
export interface PodToInject {
  readonly pod: JsonObject;
  readonly namespace: string;
  /** What would inject it; more than one is a mistake. */
  readonly called: readonly [InjectionWebhook, ...InjectionWebhook[]];
  /** Which configuration it was injected with, where the injector writes that down. */
  readonly stamp: string | undefined;
}

/** The pods that injection concerns, of those that have not ended. */
export function podsToInject({
  pods,
  namespaces,
  webhooks,
  policy,
}: AuditedCluster): PodToInject[] {
  return pods.flatMap((pod) => {
    if (hasEnded(pod)) return [];
    const { metadata } = pod;
    const namespace = (isJsonObject(metadata) && ownString(metadata, 'namespace')) || '';
    const labels = namespaces.get(namespace)?.labels ?? {};
    const [first, ...others] = webhooksMatching(webhooks, labels, podLabels(pod));
    if (first === undefined || !decide(pod, namespace, policy).inject) return [];
    const stamp = ownString(podAnnotations(pod), annotations.configuration);
    return [{ pod, namespace, called: [first, ...others], stamp }];
  });
}

/**
 * Looks at every pod that injection concerns.
 *
 * @param stamps what each webhook configuration, by name, would write on a pod now; where that is not known, sidecars
 *   are compared by revision alone
 */
export function auditPods(
  pods: readonly PodToInject[],
  stamps: ReadonlyMap<string, string>,
): Audit {
  const findings: Finding[] = [];
  let uncompared = 0;
  for (const one of pods) {
    const { pod, namespace, called, stamp } = one;
    const inForce = stamps.get(called[0].configuration);
    const found = problemOf(one, inForce);
    if (found === undefined) {
      if (stamp === undefined || inForce === undefined) uncompared++;
      continue;
    }
    const { metadata } = pod;
    const owner = ownerOf(pod, namespace);
    findings.push({
      namespace,
      pod: (isJsonObject(metadata) && ownString(metadata, 'name')) || '',
      workload: `${owner.kind}/${owner.name}`,
      ...found,
    });
  }
  return { findings, uncompared };
}

function problemOf(
  { pod, called, stamp }: PodToInject,
  inForce: string | undefined,
): Pick<Finding, 'problem' | 'detail'> | undefined {
  const status = ownString(podAnnotations(pod), annotations.status);
  const [{ configuration, failurePolicy, revision }] = called;
  if (status === undefined && !hasProxy(pod)) {
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
  const injectedBy = revisionOf(status);
  if (injectedBy !== undefined && revision !== '' && injectedBy !== revision) {
    const detail = `injected by revision ${injectedBy}, ${revision} is in charge now`;
    return { problem: 'other-revision', detail };
  }
  if (stamp !== undefined && inForce !== undefined && stamp !== inForce) {
    const detail = `injected with configuration ${stamp}, ${inForce} is in force now`;
    return { problem: 'other-configuration', detail };
  }
  return undefined;
}

function revisionOf(status: string | undefined): string | undefined {
  try {
    const parsed: unknown = JSON.parse(status ?? '');
    return isJsonObject(parsed) ? ownString(parsed, 'revision') : undefined;
  } catch {
    return undefined;
  }
}

/** A proxy that somebody added by hand or with kube-inject of old is one, too. */
function hasProxy({ spec }: JsonObject): boolean {
  if (!isJsonObject(spec)) return false;
  return [spec['containers'], spec['initContainers']].some(
    (list) =>
      Array.isArray(list) && list.some((one) => isJsonObject(one) && one['name'] === 'istio-proxy'),
  );
}

function hasEnded({ status }: JsonObject): boolean {
  const phase = isJsonObject(status) ? status['phase'] : undefined;
  return phase === 'Succeeded' || phase === 'Failed';
}
