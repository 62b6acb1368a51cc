/** Explains what is in manifests, without a cluster. Exports: {@link explainFiles}. */
import { OutriggerError } from '../../errors.ts';
import { explainNamespace } from '../../explain/explain-namespace.ts';
import { explainPod } from '../../explain/explain-pod.ts';
import type { Explanation } from '../../explain/explanation.ts';
import type { ClusterFacts, InjectorFacts, NamespaceFacts } from '../../explain/facts.ts';
import { standardWebhooks } from '../../explain/webhooks/standard-webhooks.ts';
import { readEntries, type WebhookEntry } from '../../explain/webhooks/webhook-entry.ts';
import { findHiddenTemplate } from '../../inject/workload/hidden-template.ts';
import {
  findKind,
  groupOf,
  metadataText,
  placesIn,
  typeOf,
} from '../../inject/workload/workload-kinds.ts';
import type { JsonObject } from '../../json.ts';
import { gateQuestion } from '../../serving/namespace-gate.ts';
import { readRevisionTag } from '../../serving/revision-tags.ts';
import { asksCluster } from '../configuration/cluster-source-flags.ts';
import type { CliContext } from '../context.ts';
import { throwErrors } from '../documents/each-document.ts';
import { filenameErrors, nameSomething } from '../documents/filename-errors.ts';
import { findInputs } from '../documents/find-inputs.ts';
import { type Injection, loadInjection } from '../documents/load-injection.ts';
import { namespaceTable } from '../documents/namespace-table.ts';
import { addLines } from './add-lines.ts';
import type { ExplainOptions } from './explain-options.ts';
import { type FoundObject, objectsOfFiles } from './objects-of-files.ts';

/**
 * Explains every pod and pod template in the files; of files with nothing but namespaces, these.
 *
 * @param note is told what people should know besides
 * @throws OutriggerError or AggregateError of them
 */
export async function explainFiles(
  options: ExplainOptions,
  context: CliContext,
  note: (text: string) => void,
): Promise<Explanation[]> {
  const { filename = [] } = options;
  const namespace = options.namespace || 'default';
  throwErrors(filenameErrors(filename, nameSomething));
  const injection = await loadInjection({ ...options, asAdmission: true }, context);
  for (const text of injection.notes) note(text);
  const found = await objectsOfFiles(findInputs(filename, options), context);
  // Told by the one that also says what must not be in such a file.
  namespaceTable(options.namespaces);
  const around =
    options.namespaces === undefined ? [] : await objectsOfFiles([options.namespaces], context);
  const known = [...around, ...found].map(({ object }) => object);
  const namespaces = new Map(
    known
      .filter((object) => typeOf(object).kind === 'Namespace')
      .map((object) => [metadataText(object, 'name'), object]),
  );
  for (const [name, meta] of injection.clusterNamespaces?.namespaces ?? []) {
    if (!namespaces.has(name)) namespaces.set(name, { metadata: { name, ...meta } });
  }
  const namespaceNamed = (name: string): NamespaceFacts => ({
    name,
    object: namespaces.get(name),
  });
  const configurations = known.filter(
    (object) => typeOf(object).kind === 'MutatingWebhookConfiguration',
  );
  const cluster = clusterOf(injection, [
    ...configurations,
    ...(await webhooksOf(options, context)),
  ]);
  const explanations = found.flatMap(({ object, source }) => {
    const kind = findKind(injection.kinds, object);
    if (kind === undefined) {
      const hint = hiddenNote(object, source);
      if (hint !== undefined) note(hint);
      return [];
    }
    const own = namespaceNamed(metadataText(object, 'namespace') || namespace);
    return placesIn(object, kind).flatMap(
      (place) => explainPod({ object, place, namespace: own, source }, cluster) ?? [],
    );
  });
  const withLines = (one: Explanation) => addLines(one, [...around, ...found], namespace);
  if (explanations.length > 0) return explanations.map(withLines);
  const alone = [...namespaces.keys()].map((name) =>
    explainNamespace(namespaceNamed(name), [], cluster),
  );
  if (alone.length > 0) return alone.map(withLines);
  throw new OutriggerError(
    'OUTRIGGER_MANIFEST',
    'there is no pod and no pod template in the input',
    {
      hint: 'Kinds that are not known are registered with --pod-template group/Kind=path.',
    },
  );
}

/** Those of the cluster that the configuration is read from, if it is. */
async function webhooksOf(options: ExplainOptions, context: CliContext): Promise<JsonObject[]> {
  if (!asksCluster(options)) return [];
  const { readWebhooks } = await import('./read-webhooks.ts');
  return readWebhooks(options, context);
}

/** Webhooks in the input are those of the cluster, unless they are only tags. */
function clusterOf(injection: Injection, configurations: readonly JsonObject[]): ClusterFacts {
  const given = readEntries(configurations);
  const complete = given.some(({ injects, tag }) => injects && tag === undefined);
  const { injector, configuration, description } = injection;
  const facts: InjectorFacts = {
    injector,
    configuration,
    source: { kind: 'Configuration', name: description },
  };
  return {
    webhooks: complete ? given : assumedWebhooks(injection, configurations, given),
    webhooksAssumed: !complete,
    services: new Map(),
    injectorOf: () => facts,
    now: new Date(),
    assumptions: complete ? [] : ['the webhooks are those of a default installation'],
  };
}

function assumedWebhooks(
  { configuration, clusterNamespaces }: Injection,
  configurations: readonly JsonObject[],
  given: readonly WebhookEntry[],
): WebhookEntry[] {
  const tags = new Map(clusterNamespaces?.tags);
  for (const one of configurations) {
    const tag = readRevisionTag(one);
    if (tag !== undefined) tags.set(tag.tag, tag.revision);
  }
  const { enableNamespacesByDefault } = gateQuestion(configuration, tags);
  const standard = standardWebhooks(configuration.revision, tags, enableNamespacesByDefault);
  return [...standard, ...given.filter(({ injects }) => !injects)];
}

function hiddenNote(object: FoundObject['object'], source: string): string | undefined {
  const hidden = findHiddenTemplate(object);
  if (hidden === undefined) return undefined;
  const { kind, apiVersion } = typeOf(object);
  return `${source}: ${kind} (${apiVersion}) is not looked at, but ${hidden} looks like a pod template; --pod-template '${groupOf(apiVersion)}/${kind}=${hidden}' has it looked at`;
}
