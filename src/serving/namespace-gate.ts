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
    request.watch?.dependsOn(
      () => options.namespaces.namespace(namespace) === meta && questionNow() === question,
    );
    return meta === undefined ? request : gated(request, meta, question, tags !== undefined);
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

function gated(
  request: InjectRequest,
  namespaceMeta: NamespaceMeta,
  question: ReturnType<typeof gateQuestion>,
  tagsAreKnown: boolean,
): InjectRequest {
  const namespaceStep = decideByNamespace({
    ...question,
    namespaceLabels: namespaceMeta.labels ?? {},
    podLabels: podLabels(request.pod),
  });
  // The "other" revision may be a tag for ours.
  const undecided = !tagsAreKnown && namespaceStep.reason === 'other-revision';
  return undecided ? { ...request, namespaceMeta } : { ...request, namespaceMeta, namespaceStep };
}

/** Value `sidecarInjectorWebhook.enableNamespacesByDefault`. */
function enabledByDefault({ map }: InjectionConfiguration['values']): boolean {
  const webhook = Object.hasOwn(map, 'sidecarInjectorWebhook')
    ? map['sidecarInjectorWebhook']
    : undefined;
  return isJsonObject(webhook) && webhook['enableNamespacesByDefault'] === true;
}
