/**
 * The webhook configuration that a revision tag is. Exports: {@link tagConfiguration}, {@link deactivated},
 * {@link TagSettings}.
 */
import { isJsonObject, type JsonObject } from '../../json.ts';

/** What a tag is made of. */
export interface TagSettings {
  readonly tag: string;
  readonly revision: string;
  /** Name of the configuration. */
  readonly name: string;
  /** The tag `default` then also takes namespaces that say nothing. */
  readonly autoInjectNamespaces?: boolean;
}

const suffix = 'sidecar-injector.istio.io';
const revisionKey = 'istio.io/rev';
const injectionKey = 'istio-injection';
const injectKey = 'sidecar.istio.io/inject';
/** Where a revision has expressions of its own, they go by other keys. */
const istioKeys: ReadonlySet<unknown> = new Set([revisionKey, injectionKey, injectKey]);
/** As Istio has it for namespaces that say nothing (`CHART/templates/mutatingwebhook.yaml`). */
const systemNamespaces = ['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage'];

const absent = (key: string): JsonObject => ({ key, operator: 'DoesNotExist' });
const oneOf = (key: string, value: string): JsonObject => ({
  key,
  operator: 'In',
  values: [value],
});
const notRefused: JsonObject = { key: injectKey, operator: 'NotIn', values: ['false'] };

/**
 * Makes the configuration of a tag out of that of its revision: the same server is called in the same way, for
 * what names the tag (`istioctl/pkg/tag/generate.go`).
 *
 * @param revision the revision's own configuration
 */
export function tagConfiguration(revision: JsonObject, settings: TagSettings): JsonObject {
  const { tag } = settings;
  const [like] = entriesOf(revision);
  const entry = (prefix: string, namespace: JsonObject[], pod: JsonObject[]): JsonObject => ({
    ...like,
    name: prefix + suffix,
    namespaceSelector: { matchExpressions: [...namespace, ...ownExpressions(like)] },
    objectSelector: { matchExpressions: pod },
  });
  const unlabelled = [absent(injectionKey), absent(revisionKey)];
  const webhooks = [
    entry('rev.namespace.', [oneOf(revisionKey, tag), absent(injectionKey)], [notRefused]),
    entry(
      'rev.object.',
      [absent(revisionKey), absent(injectionKey)],
      [notRefused, oneOf(revisionKey, tag)],
    ),
  ];
  if (tag === 'default') {
    webhooks.push(
      entry('namespace.', [oneOf(injectionKey, 'enabled')], [notRefused]),
      entry('object.', unlabelled, [oneOf(injectKey, 'true'), absent(revisionKey)]),
    );
    if (settings.autoInjectNamespaces === true) {
      const others = {
        key: 'kubernetes.io/metadata.name',
        operator: 'NotIn',
        values: systemNamespaces,
      };
      webhooks.push(
        entry('auto.', [...unlabelled, others], [absent(injectKey), absent(revisionKey)]),
      );
    }
  }
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name: settings.name, labels: tagLabels(revision, settings) },
    webhooks,
  };
}

/**
 * The configuration with selectors that match nothing, as Istio puts one out of use. What they say about other
 * labels stays, for a tag that is made of it later.
 */
export function deactivated(configuration: JsonObject): JsonObject {
  const never = { matchLabels: { 'istio.io/deactivated': 'never-match' } };
  return {
    ...configuration,
    webhooks: entriesOf(configuration).map((entry) => {
      const own = ownExpressions(entry);
      return {
        ...entry,
        namespaceSelector: { ...never, ...(own.length > 0 && { matchExpressions: own }) },
        objectSelector: never,
      };
    }),
  };
}

/** What a revision's selectors say about other labels, such as the name of a namespace that is left alone. */
function ownExpressions(entry: JsonObject | undefined): JsonObject[] {
  const selector = entry?.['namespaceSelector'];
  const expressions = isJsonObject(selector) ? selector['matchExpressions'] : undefined;
  return (Array.isArray(expressions) ? expressions : [])
    .filter(isJsonObject)
    .filter(({ key }) => !istioKeys.has(key));
}

function tagLabels(configuration: JsonObject, { tag, revision }: TagSettings): JsonObject {
  const { metadata } = configuration;
  const labels = isJsonObject(metadata) ? metadata['labels'] : undefined;
  const kept = Object.entries(isJsonObject(labels) ? labels : {}).filter(
    ([key]) => key !== 'app' && !key.includes('operator.istio.io'),
  );
  return { ...Object.fromEntries(kept), [revisionKey]: revision, 'istio.io/tag': tag };
}

function entriesOf({ webhooks }: JsonObject): JsonObject[] {
  return Array.isArray(webhooks) ? webhooks.filter(isJsonObject) : [];
}
