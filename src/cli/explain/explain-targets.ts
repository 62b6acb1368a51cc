/** Explains objects of a cluster. Import it only when a cluster is asked. Exports: {@link explainTargets}. */
import { explainNamespace } from '../../explain/explain-namespace.ts';
import { explainPod } from '../../explain/explain-pod.ts';
import { explainWorkload } from '../../explain/explain-workload.ts';
import type { Explanation } from '../../explain/explanation.ts';
import type { ClusterFacts, NamespaceFacts, SubjectFacts } from '../../explain/facts.ts';
import { podPlace, subjectOf } from '../../explain/subject.ts';
import { matchedEntries } from '../../explain/webhooks/match-entries.ts';
import { standardWebhooks } from '../../explain/webhooks/standard-webhooks.ts';
import { readEntries, type WebhookEntry } from '../../explain/webhooks/webhook-entry.ts';
import { controllerReference } from '../../inject/controller-reference.ts';
import { ownerOf } from '../../inject/data/owner.ts';
import {
  builtInKinds,
  extendKinds,
  findKind,
  groupOf,
  placesIn,
} from '../../inject/workload/workload-kinds.ts';
import type { JsonObject } from '../../json.ts';
import type { ClusterConnection } from '../../kube/connect.ts';
import { chosenCluster, timeoutMs } from '../cluster/chosen-cluster.ts';
import { parseTargets, type Target } from '../cluster/targets.ts';
import type { CliContext } from '../context.ts';
import { withCluster } from '../diagnose/cluster-flags.ts';
import { loadInjectors } from './cluster-injectors.ts';
import { ClusterSource, isOf } from './cluster-source.ts';
import type { ExplainOptions } from './explain-options.ts';
import { readServices } from './service-facts.ts';

/**
 * Explains what the command line names. Of what the user may not read, usual things are assumed, and that is said.
 *
 * @throws OutriggerError when an object cannot be read
 */
export async function explainTargets(
  words: readonly string[],
  options: ExplainOptions,
  context: CliContext,
  note: (text: string) => void,
): Promise<Explanation[]> {
  const kinds = extendKinds(builtInKinds, options.podTemplate ?? []);
  const targets = parseTargets(words, kinds);
  const explain = async (connection: ClusterConnection) => {
    const source = new ClusterSource(connection);
    const namespace = options.namespace || connection.namespace || 'default';
    const configurations = await source.webhookConfigurations();
    const webhooks = configurations
      ? readEntries(configurations)
      : standardWebhooks(options.revision ?? '', new Map(), false);
    const known = { source, webhooks, assumed: configurations === undefined, options, context };
    const explanations: Explanation[] = [];
    for (const target of targets) {
      const explanation =
        target.kind === 'Namespace'
          ? await explainNamespaceNamed(target, known)
          : await explainObject(target, namespace, kinds, known);
      if (explanation === undefined) note(`${target.kind} ${target.name} has no pod template`);
      else explanations.push(explanation);
    }
    return explanations;
  };
  return withCluster(chosenCluster(options), context, explain, { timeoutMs });
}

/** What has been read, and how to read more. */
interface Known {
  readonly source: ClusterSource;
  readonly webhooks: readonly WebhookEntry[];
  readonly assumed: boolean;
  readonly options: ExplainOptions;
  readonly context: CliContext;
}

async function explainNamespaceNamed(target: Target, known: Known): Promise<Explanation> {
  const { source, webhooks } = known;
  const object = await source.objects.object(target, target.name, '');
  const namespace: NamespaceFacts = { name: target.name, object };
  const injecting = webhooks.filter(({ injects }) => injects);
  const cluster = await clusterFacts(known, injecting);
  return explainNamespace(namespace, await source.pods(target.name), cluster);
}

async function explainObject(
  target: Target,
  namespaceName: string,
  kinds: Parameters<typeof findKind>[0],
  known: Known,
): Promise<Explanation | undefined> {
  const { source, webhooks } = known;
  const object = await source.objects.object(target, target.name, namespaceName);
  const kind = findKind(kinds, object);
  const [place = podPlace] = kind === undefined ? [] : placesIn(object, kind);
  const namespace = await source.namespace(namespaceName);
  const isPod = place.template.length === 0;
  const owner = isPod ? await workloadAbove(object, namespaceName, source) : undefined;
  const facts: SubjectFacts = { object, place, namespace, owner };
  const pods = isPod ? [] : await podsOf(object, namespaceName, source);
  const called = calledAbout([facts, ...pods.map((pod) => asSubject(pod, namespace))], webhooks);
  const cluster = await clusterFacts(known, called);
  return isPod ? explainPod(facts, cluster) : explainWorkload(facts, pods, cluster);
}

function asSubject(pod: JsonObject, namespace: NamespaceFacts): SubjectFacts {
  return { object: pod, place: podPlace, namespace };
}

/** The webhooks that are called about any of some pods. */
function calledAbout(
  facts: readonly SubjectFacts[],
  webhooks: readonly WebhookEntry[],
): WebhookEntry[] {
  const called = facts.flatMap((one) => {
    const subject = subjectOf(one, noCluster);
    if (subject === undefined) return [];
    return matchedEntries(webhooks, subject.namespaceLabels, subject.labels);
  });
  return [...new Set(called)];
}

const noCluster: ClusterFacts = {
  webhooks: [],
  webhooksAssumed: true,
  services: new Map(),
  injectorOf: () => {
    throw new TypeError('nobody is asked');
  },
  now: new Date(0),
  assumptions: [],
};

/** Reads the injectors and Services behind the webhooks that are called; without any, the default injector. */
async function clusterFacts(
  { source, webhooks, assumed, options, context }: Known,
  called: readonly WebhookEntry[],
): Promise<ClusterFacts> {
  const assume = (text: string) => void source.assumptions.add(text);
  const revisions = new Set(called.map(({ revision }) => revision));
  const injectorOf = await loadInjectors(revisions, options, context, assume);
  const services = assumed ? new Map() : await readServices(source, called, context);
  return {
    webhooks,
    webhooksAssumed: assumed,
    services,
    injectorOf,
    now: new Date(),
    assumptions: [...source.assumptions],
  };
}

/** The workload that made a pod, when it can be read. */
async function workloadAbove(
  pod: JsonObject,
  namespace: string,
  source: ClusterSource,
): Promise<JsonObject | undefined> {
  const { apiVersion, kind, name } = ownerOf(pod, namespace);
  if (kind === 'Pod' || !builtInKinds.has(`${groupOf(apiVersion)}/${kind}`)) return undefined;
  return source.objects.maybe({ group: groupOf(apiVersion), kind }, name, namespace);
}

async function podsOf(
  workload: JsonObject,
  namespace: string,
  source: ClusterSource,
): Promise<JsonObject[]> {
  const pods = await source.pods(namespace, workload);
  return pods.filter((pod) => {
    const controller = controllerReference(pod);
    return (
      isOf(workload, ownerOf(pod, namespace)) ||
      (controller !== undefined && isOf(workload, controller))
    );
  });
}
