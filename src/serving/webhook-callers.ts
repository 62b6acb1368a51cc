/** Who sends us pods. Exports: {@link CallerSelectors}, {@link Caller}, {@link readCallers}, {@link callerOf}. */
import type { LabelSource } from '../inject/decide/label-selector.ts';
import { readSelector } from '../inject/decide/read-selector.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';

/** The Service behind which this server answers. */
export interface CalledService {
  readonly name: string;
  readonly namespace: string;
}

/** The selectors of an entry of a MutatingWebhookConfiguration that calls us, as they are written. */
export interface CallerSelectors {
  readonly namespaceSelector: JsonValue;
  readonly objectSelector: JsonValue;
}

/** Such an entry, to be asked. */
export interface Caller {
  /** Whether the API server sends a pod with these labels. */
  matches(namespaceLabels: LabelSource, podLabels: LabelSource): boolean;
}

/**
 * The entries of a configuration that call a Service. One that calls a URL may well be meant for us, too, which
 * nobody can tell.
 */
export function readCallers(
  { webhooks }: JsonObject,
  service: CalledService,
): readonly CallerSelectors[] {
  const entries = Array.isArray(webhooks) ? webhooks.filter(isJsonObject) : [];
  return entries
    .filter(({ clientConfig }) => isJsonObject(clientConfig) && calls(clientConfig, service))
    .map(({ namespaceSelector = {}, objectSelector = {} }) => ({
      namespaceSelector,
      objectSelector,
    }));
}

function calls({ url, service }: JsonObject, { name, namespace }: CalledService): boolean {
  if (typeof url === 'string') return true;
  return isJsonObject(service) && service['name'] === name && service['namespace'] === namespace;
}

/** Compiles the selectors. One that cannot be understood matches everything, which is to say nothing. */
export function callerOf({ namespaceSelector, objectSelector }: CallerSelectors): Caller {
  const inNamespace = matcher(namespaceSelector);
  const ofPod = matcher(objectSelector);
  return {
    matches: (namespaceLabels, podLabels) => inNamespace(namespaceLabels) && ofPod(podLabels),
  };
}

/** Here an empty selector matches everything, unlike one of the injector configuration. */
function matcher(selector: JsonValue): (labels: LabelSource) => boolean {
  const compiled = readSelector(selector);
  return compiled.kind === 'usable' ? compiled.matches : () => true;
}
