/**
 * Entries of MutatingWebhookConfigurations, as far as they concern pods. Exports: {@link WebhookEntry},
 * {@link readEntries}.
 */
import {
  type InjectionWebhook,
  injectionSuffix,
  readWebhook,
} from '../../diagnose/injection-webhooks.ts';
import type { CompiledSelector } from '../../inject/decide/label-selector.ts';
import { readSelector } from '../../inject/decide/read-selector.ts';
import { ownString } from '../../inject/pod-metadata.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';

/** One entry, whoever's it is. */
export interface WebhookEntry extends Omit<InjectionWebhook, 'matches'> {
  /** Place in the list of its configuration. */
  readonly index: number;
  /** Label `istio.io/tag` of the configuration. */
  readonly tag: string | undefined;
  /** Adds the sidecar, going by its name. */
  readonly injects: boolean;
  /** Its rules have it called when a pod is created. */
  readonly takesPods: boolean;
  readonly namespaceSelector: CompiledSelector;
  readonly objectSelector: CompiledSelector;
  /** Names of its matchConditions, whose expressions only the API server can evaluate. */
  readonly conditions: readonly string[];
  readonly reinvocationPolicy: string;
  readonly url: string | undefined;
  /** When the configuration was made. */
  readonly created: string | undefined;
}

/** The entries of some configurations, in the order in which the API server calls them. */
export function readEntries(configurations: readonly JsonObject[]): WebhookEntry[] {
  const byName = configurations
    .map((configuration) => ({ configuration, metadata: memberOf(configuration, 'metadata') }))
    .map((one) => ({ ...one, name: ownString(one.metadata, 'name') ?? '' }))
    .sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0));
  return byName.flatMap(({ configuration, metadata, name }) => {
    const labels = memberOf(metadata, 'labels');
    const { webhooks } = configuration;
    return (Array.isArray(webhooks) ? webhooks : []).filter(isJsonObject).map((entry, index) => ({
      ...withoutMatches(readWebhook(entry, name, ownString(labels, 'istio.io/rev') ?? '')),
      index,
      tag: ownString(labels, 'istio.io/tag'),
      injects: (ownString(entry, 'name') ?? '').endsWith(injectionSuffix),
      takesPods: takesPods(entry['rules']),
      namespaceSelector: readSelector(entry['namespaceSelector']),
      objectSelector: readSelector(entry['objectSelector']),
      conditions: listOf(entry['matchConditions']).map((one) => ownString(one, 'name') ?? ''),
      reinvocationPolicy: ownString(entry, 'reinvocationPolicy') ?? 'Never',
      url: ownString(memberOf(entry, 'clientConfig'), 'url'),
      created: ownString(metadata, 'creationTimestamp'),
    }));
  });
}

function withoutMatches({
  matches: _,
  ...rest
}: InjectionWebhook): Omit<InjectionWebhook, 'matches'> {
  return rest;
}

/**
 * Whether some rule is about the creation of pods. `matchPolicy` makes no difference: it is about other versions
 * of a resource, and pods have only one.
 */
function takesPods(rules: JsonValue | undefined): boolean {
  return listOf(rules).some(
    (rule) =>
      includes(rule['operations'], 'CREATE', '*') &&
      includes(rule['apiGroups'], '', '*') &&
      includes(rule['apiVersions'], 'v1', '*') &&
      includes(rule['resources'], 'pods', '*', '*/*') &&
      rule['scope'] !== 'Cluster',
  );
}

function includes(list: JsonValue | undefined, ...wanted: readonly string[]): boolean {
  return Array.isArray(list) && list.some((one) => typeof one === 'string' && wanted.includes(one));
}

function listOf(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function memberOf(object: JsonObject, name: string): JsonObject {
  const value = object[name];
  return isJsonObject(value) ? value : {};
}
