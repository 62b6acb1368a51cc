/**
 * What the webhook configurations of a cluster do about a pod. Exports: {@link readInjectionWebhooks},
 * {@link readWebhook}, {@link InjectionWebhook}, {@link webhooksMatching}, {@link injectionSuffix}.
 */
import type { LabelSource } from '../inject/decide/label-selector.ts';
import { readSelector } from '../inject/decide/read-selector.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';

/** An entry of a MutatingWebhookConfiguration that adds Istio's sidecar. */
export interface InjectionWebhook {
  readonly configuration: string;
  readonly entry: string;
  /** Label `istio.io/rev` of the configuration. */
  readonly revision: string;
  /** The Service that is called; undefined for a URL. */
  readonly service:
    | { readonly name: string; readonly namespace: string; readonly port: number }
    | undefined;
  /** PEM text; empty when there is none. */
  readonly bundle: string;
  readonly failurePolicy: string;
  /** Whether the API server sends a pod with these labels. */
  matches(namespaceLabels: LabelSource, podLabels: LabelSource): boolean;
}

/** How upstream's tools tell such entries (`istioctl/pkg/checkinject/checkinject.go`). */
export const injectionSuffix = 'sidecar-injector.istio.io';

/** The injecting entries of some configurations, in the order in which the API server calls them. */
export function readInjectionWebhooks(configurations: readonly JsonObject[]): InjectionWebhook[] {
  return configurations
    .flatMap((configuration) => {
      const metadata = memberOf(configuration, 'metadata');
      const revision = memberOf(metadata, 'labels')['istio.io/rev'];
      const entries = Array.isArray(configuration['webhooks']) ? configuration['webhooks'] : [];
      return entries
        .filter(isJsonObject)
        .filter(({ name }) => typeof name === 'string' && name.endsWith(injectionSuffix))
        .map((entry) => readWebhook(entry, text(metadata['name']), text(revision)));
    })
    .sort((one, other) => compare(one.configuration, other.configuration));
}

/** Reads one entry, whoever's it is. @param revision label `istio.io/rev` of the configuration */
export function readWebhook(
  entry: JsonObject,
  configuration: string,
  revision: string,
): InjectionWebhook {
  const client = memberOf(entry, 'clientConfig');
  const { service, caBundle } = client;
  const inNamespace = matcher(entry['namespaceSelector']);
  const ofPod = matcher(entry['objectSelector']);
  return {
    configuration,
    entry: text(entry['name']),
    revision,
    service: isJsonObject(service)
      ? {
          name: text(service['name']),
          namespace: text(service['namespace']),
          port: typeof service['port'] === 'number' ? service['port'] : 443,
        }
      : undefined,
    bundle: Buffer.from(text(caBundle), 'base64').toString('utf8'),
    failurePolicy: text(entry['failurePolicy']) || 'Fail',
    matches: (namespaceLabels, podLabels) => inNamespace(namespaceLabels) && ofPod(podLabels),
  };
}

/** Here an empty selector matches everything, unlike one of the injector configuration. */
function matcher(selector: JsonValue | undefined): (labels: LabelSource) => boolean {
  const compiled = readSelector(selector);
  if (compiled.kind === 'usable') return compiled.matches;
  return () => compiled.kind === 'empty';
}

/** The entries that the API server would call, the first of each configuration. */
export function webhooksMatching(
  webhooks: readonly InjectionWebhook[],
  namespaceLabels: LabelSource,
  podLabels: LabelSource,
): InjectionWebhook[] {
  const found = new Map<string, InjectionWebhook>();
  for (const webhook of webhooks) {
    if (found.has(webhook.configuration)) continue;
    if (webhook.matches(namespaceLabels, podLabels)) found.set(webhook.configuration, webhook);
  }
  return [...found.values()];
}

function memberOf(object: JsonObject, name: string): JsonObject {
  const value = object[name];
  return isJsonObject(value) ? value : {};
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
