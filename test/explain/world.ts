import { explainPod } from '../../src/explain/explain-pod.ts';
import type { Explanation } from '../../src/explain/explanation.ts';
import type { ClusterFacts, ServiceFacts } from '../../src/explain/facts.ts';
import { podPlace } from '../../src/explain/subject.ts';
import { readEntries } from '../../src/explain/webhooks/webhook-entry.ts';
import { buildConfiguration } from '../../src/inject/config/build-configuration.ts';
import { createTemplateFunctions } from '../../src/inject/functions/index.ts';
import { builtInKinds, createInjector } from '../../src/inject/index.ts';
import { findKind, metadataText, placesIn } from '../../src/inject/workload/workload-kinds.ts';
import { tagConfiguration } from '../../src/install/tags/tag-webhooks.ts';
import type { JsonObject } from '../../src/json.ts';
import { defaultMeshConfig } from '../../src/mesh/index.ts';

/** The moment of every test. */
export const now = new Date('2026-06-01T12:00:00Z');

const like: JsonObject = {
  clientConfig: { service: { name: 'injector', namespace: 'mesh', port: 443 } },
  failurePolicy: 'Fail',
  rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
};

/** The webhook configuration of a revision, or of a tag that points at it. */
export function webhooks(
  revision = 'default',
  change: { readonly tag?: string; readonly name?: string; readonly entry?: JsonObject } = {},
): JsonObject {
  const { tag = revision, name = `injector-${tag}`, entry = {} } = change;
  const made = tagConfiguration(
    { metadata: {}, webhooks: [{ ...like, ...entry }] },
    { tag, revision, name },
  );
  const metadata = made['metadata'] as JsonObject;
  const { 'istio.io/tag': ofTag, ...labels } = metadata['labels'] as JsonObject;
  return {
    ...made,
    metadata: {
      ...metadata,
      labels: change.tag === undefined ? labels : { ...labels, 'istio.io/tag': ofTag as string },
      creationTimestamp: '2026-01-01T00:00:00Z',
    },
  };
}

export interface World {
  readonly configurations?: readonly JsonObject[];
  readonly services?: { readonly [key: string]: ServiceFacts };
  /** Members of the injector configuration. */
  readonly config?: JsonObject;
  /** {@link now} when left out. */
  readonly at?: Date;
}

export function clusterOf(world: World = {}): ClusterFacts {
  const { configurations, services = {}, config = {}, at = now } = world;
  const proxy = 'spec: {containers: [{name: istio-proxy, image: "proxy:2"}]}';
  const configuration = buildConfiguration({
    config: JSON.stringify({ policy: 'enabled', templates: { sidecar: proxy }, ...config }),
    values: '{}',
    mesh: defaultMeshConfig(),
    hash: '',
    functions: createTemplateFunctions({ env: new Map() }),
    revision: '',
    nativeSidecars: false,
    compliancePolicy: '',
    platform: '',
    trust: { environment: new Map() },
  });
  return {
    webhooks: readEntries(configurations ?? [webhooks()]),
    webhooksAssumed: false,
    services: new Map(Object.entries(services)),
    injectorOf: (revision) => ({
      injector: createInjector(configuration),
      configuration,
      source: { kind: 'ConfigMap', namespace: 'istio-system', name: `injector-config${revision}` },
    }),
    now: at,
    assumptions: [],
  };
}

/** A namespace as a cluster gives it. */
export function namespace(
  labels: { readonly [name: string]: string },
  { name = 'shop', labelledAt }: { readonly name?: string; readonly labelledAt?: string } = {},
): JsonObject {
  const fields = Object.fromEntries(Object.keys(labels).map((label) => [`f:${label}`, {}]));
  const managed = {
    manager: 'kubectl-label',
    time: labelledAt ?? '2026-01-01T00:00:00Z',
    fieldsV1: { 'f:metadata': { 'f:labels': fields } },
  };
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels, managedFields: [managed] },
  };
}

export const enabled = namespace({ 'istio-injection': 'enabled' });

export interface PodParts {
  readonly labels?: { readonly [name: string]: string };
  readonly annotations?: { readonly [name: string]: string };
  readonly spec?: JsonObject;
}

/** A pod that is yet to be made. */
export function pod({ labels = {}, annotations = {}, spec = {} }: PodParts = {}): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web-1', namespace: 'shop', labels, annotations },
    spec: { containers: [{ name: 'web', image: 'web:1' }], ...spec },
  };
}

/** A pod that exists. */
export function livePod(parts: PodParts = {}, more: JsonObject = {}): JsonObject {
  const made = pod(parts);
  const metadata = { ...(made['metadata'] as JsonObject), uid: 'u', ...more };
  return { ...made, metadata: { creationTimestamp: '2026-05-01T00:00:00Z', ...metadata } };
}

/** A pod that exists, with a sidecar. */
export function injectedPod(status: JsonObject = {}, image = 'proxy:2'): JsonObject {
  const recorded = { containers: ['istio-proxy'], revision: 'default', ...status };
  return livePod({
    annotations: { 'sidecar.istio.io/status': JSON.stringify(recorded) },
    spec: {
      containers: [
        { name: 'istio-proxy', image },
        { name: 'web', image: 'web:1' },
      ],
    },
  });
}

export function deployment(template: PodParts = {}, labels: JsonObject = {}): JsonObject {
  const { metadata, spec } = pod(template) as { metadata: JsonObject; spec: JsonObject };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop', labels },
    spec: {
      template: {
        metadata: {
          labels: metadata['labels'] as JsonObject,
          annotations: metadata['annotations'] as JsonObject,
        },
        spec,
      },
    },
  };
}

/** Explains the first pod template of an object. */
export function explain(
  object: JsonObject,
  around: JsonObject | null = enabled,
  world: World = {},
  owner?: JsonObject,
): Explanation {
  const kind = findKind(builtInKinds, object)!;
  const [place = podPlace] = placesIn(object, kind);
  const name = (around === null ? '' : metadataText(around, 'name')) || 'shop';
  const facts = { object, place, namespace: { name, object: around ?? undefined }, owner };
  return explainPod(facts, clusterOf(world))!;
}

export function codesOf({ mistakes }: Explanation): string[] {
  return mistakes.map(({ code }) => code);
}
