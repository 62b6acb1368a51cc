/**
 * The gate of namespace labels, kept by this server itself. Exports: {@link withNamespaceGate},
 * {@link gateQuestion}, {@link ownClusterName}, {@link GateOptions}.
 */
import { clusterIdEnv, defaultCluster } from '../inject/data/cluster-env.ts';
import { decideByNamespace, type NamespaceQuestion } from '../inject/decide/namespace.ts';
import type { InjectionConfiguration, Injector } from '../inject/index.ts';
import { podLabels, podNamespace } from '../inject/pod-metadata.ts';
import type { InjectRequest, NamespaceMeta } from '../inject/types.ts';
import { isJsonObject } from '../json.ts';
import type { NamespaceKnowledge } from './namespace-knowledge.ts';
import { namesOfRevision, type RevisionTags } from './revision-tags.ts';
import type { Caller } from './webhook-callers.ts';

/** What the gate goes by. */
export interface GateOptions {
  readonly configuration: Pick<InjectionConfiguration, 'revision' | 'values'>;
  readonly namespaces: NamespaceKnowledge;
  /** Name of the cluster that the namespaces belong to; without one it is the values' name. */
  readonly cluster: string | undefined;
}

/**
 * An injector that also decides what the selectors of the webhook configuration decide, so that a webhook
 * without selectors, or with wrong ones, injects nothing where nobody asked for it.
 *
 * A namespace that is not known is let through, as the API server let it: a pod may follow its namespace faster
 * than the watch, and a pod without its sidecar is worse than a check that was not made twice. So is a pod of
 * another cluster, whose namespaces are not these, and, while tags cannot be known, a revision that may be one.
 *
 * Nor does it object when none of the webhooks that call us would send the pod by the labels known here: since it was
 * sent, the API server has seen others, which will be known in a moment, or were until a moment ago. Otherwise a pod
 * that is created right when a namespace moves from one injector to another would get no sidecar from either.
 */
export function withNamespaceGate(
  injector: Injector,
  options: GateOptions,
): Pick<Injector, 'inject' | 'decide'> {
  const ownCluster = ownClusterName(options.cluster, options.configuration);
  // Tags change rarely, and pods are many.
  let tags = options.namespaces.tags();
  let question = gateQuestion(options.configuration, tags);
  const questionNow = () => {
    const next = options.namespaces.tags();
    if (next !== tags) question = gateQuestion(options.configuration, next);
    tags = next;
    return question;
  };
  const withKnowledge = (request: InjectRequest): InjectRequest => {
    const named = request.env?.get(clusterIdEnv);
    if (named !== undefined && named !== '' && named !== ownCluster) return request;
    const namespace = podNamespace(request.pod, request.namespace);
    const meta = options.namespaces.namespace(namespace);
    const question = questionNow();
    const callers = options.namespaces.callers?.();
    request.watch?.dependsOn(
      () =>
        options.namespaces.namespace(namespace) === meta &&
        questionNow() === question &&
        options.namespaces.callers?.() === callers,
    );
    if (meta === undefined) return request;
    return gated(request, meta, question, { tagsAreKnown: tags !== undefined, callers });
  };
  return {
    inject: (request) => injector.inject(withKnowledge(request)),
    decide: (request) => injector.decide(withKnowledge(request)),
  };
}

/** The name that requests for pods of our own cluster go by, when they name one. */
export function ownClusterName(
  cluster: string | undefined,
  configuration: Pick<InjectionConfiguration, 'values'> | undefined,
): string {
  return cluster || configuration?.values.typed.clusterName || defaultCluster;
}

/** What the gate asks about every pod, apart from the labels. */
export function gateQuestion(
  { revision, values }: GateOptions['configuration'],
  tags: RevisionTags | undefined,
): Omit<NamespaceQuestion, 'namespaceLabels' | 'podLabels'> {
  const names = tags && namesOfRevision(tags, revision);
  return {
    revision,
    tags: names?.tags ?? [],
    defaultElsewhere: names?.defaultElsewhere ?? false,
    enableNamespacesByDefault: enabledByDefault(values),
  };
}

interface WebhookKnowledge {
  readonly tagsAreKnown: boolean;
  readonly callers: readonly Caller[] | undefined;
}

function gated(
  request: InjectRequest,
  namespaceMeta: NamespaceMeta,
  question: ReturnType<typeof gateQuestion>,
  { tagsAreKnown, callers = [] }: WebhookKnowledge,
): InjectRequest {
  const labels = { namespace: namespaceMeta.labels ?? {}, pod: podLabels(request.pod) };
  const namespaceStep = decideByNamespace({
    ...question,
    namespaceLabels: labels.namespace,
    podLabels: labels.pod,
  });
  // The "other" revision may be a tag for ours.
  const mayBeTag = !tagsAreKnown && namespaceStep.reason === 'other-revision';
  const outdated =
    namespaceStep.outcome === 'skip' &&
    callers.length > 0 &&
    !callers.some((caller) => caller.matches(labels.namespace, labels.pod));
  const undecided = mayBeTag || outdated;
  return undecided ? { ...request, namespaceMeta } : { ...request, namespaceMeta, namespaceStep };
}

/** Value `sidecarInjectorWebhook.enableNamespacesByDefault`. */
function enabledByDefault({ map }: InjectionConfiguration['values']): boolean {
  const webhook = Object.hasOwn(map, 'sidecarInjectorWebhook')
    ? map['sidecarInjectorWebhook']
    : undefined;
  return isJsonObject(webhook) && webhook['enableNamespacesByDefault'] === true;
}
