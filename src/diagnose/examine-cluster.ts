/**
 * Looks at everything that has to work together for pods to be injected. Exports: {@link examineCluster},
 * {@link Examined}.
 */

import type { Dial, ServedChain } from '../certs/served-chain.ts';
import type { NamespaceMeta } from '../inject/types.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import type { ApiServer } from '../kube/api-server.ts';
import { attempt, type Check, textMap } from './check.ts';
import { checkBundles } from './check-bundles.ts';
import { addressesOf, checkEndpoints } from './check-endpoints.ts';
import { checkRequests } from './check-requests.ts';
import { checkRights } from './check-rights.ts';
import { type Address, checkServedCertificate } from './check-served-certificate.ts';
import { checkTrial } from './check-trial.ts';
import {
  type InjectionWebhook,
  readInjectionWebhooks,
  webhooksMatching,
} from './injection-webhooks.ts';
import { readAll, readNamespaces, webhookConfigurations } from './read-cluster.ts';

/** What to look at. */
export interface Examined {
  readonly api: ApiServer;
  /** The Service that the API server calls. */
  readonly service: { readonly name: string; readonly namespace: string };
  /** Namespace of the control plane, where the ConfigMaps are. */
  readonly istioNamespace: string;
  /** Port of the replicas for metrics. */
  readonly metricsPort: number;
  /** Where to send the pod that is only tried out; undefined to choose. */
  readonly trialNamespace: string | undefined;
  /** Where to connect to the webhook; undefined for the addresses of the Service and its endpoints. */
  readonly connect: Address | undefined;
  /** Whether we are not in the cluster ourselves: addresses of its network may lead to somebody else. */
  readonly outside: boolean;
  /** Connects over TLS. */
  readonly dial: (dial: Dial) => Promise<ServedChain>;
  readonly now: () => Date;
}

/**
 * Makes all checks, one after the other. What the user may not read comes out as `unknown`.
 *
 * @throws ApiError when not even webhook configurations and namespaces can be read
 */
export async function examineCluster(examined: Examined): Promise<Check[]> {
  const { api, service, now } = examined;
  const webhooks = readInjectionWebhooks(await readAll(api, webhookConfigurations));
  const namespaces = await readNamespaces(api);
  const ours = webhooks.filter((one) => callsService(one, service));
  const pods = await podsBehind(examined);
  return [
    checkConfigurations(ours, service),
    checkBundles(ours, now()),
    await attempt('endpoints', () => checkEndpoints(examined)),
    await attempt('served-certificate', async () =>
      checkServedCertificate(
        examined.connect ? [examined.connect] : await addressesOf(examined, ours),
        ours,
        `${service.name}.${service.namespace}.svc`,
        examined.dial,
      ),
    ),
    checkSelfMatch(ours, namespaces.get(service.namespace), pods ?? []),
    checkOverlap(webhooks, namespaces),
    await attempt('requests', () => checkRequests(examined, pods)),
    ...(await checkTrial(examined, ours, namespaces)),
    await attempt('rights', () => checkRights(examined, ours, pods?.[0])),
  ];
}

function callsService({ service }: InjectionWebhook, ours: Examined['service']): boolean {
  return service?.name === ours.name && service.namespace === ours.namespace;
}

/** Undefined when they cannot be read. */
async function podsBehind({ api, service }: Examined): Promise<JsonObject[] | undefined> {
  const base = `/api/v1/namespaces/${encodeURIComponent(service.namespace)}`;
  try {
    const { spec } = await api.request({
      path: `${base}/services/${encodeURIComponent(service.name)}`,
    });
    const selector = Object.entries(textMap(isJsonObject(spec) ? spec['selector'] : undefined));
    const labelSelector = selector.map(([key, value]) => `${key}=${value}`).join(',');
    if (labelSelector === '') return [];
    const { items } = await api.request({ path: `${base}/pods`, query: { labelSelector } });
    return Array.isArray(items) ? items.filter(isJsonObject) : [];
  } catch {
    return undefined;
  }
}

function checkConfigurations(
  ours: readonly InjectionWebhook[],
  { name, namespace }: Examined['service'],
): Check {
  const names = [...new Set(ours.map(({ configuration }) => configuration))];
  if (names.length > 0) {
    const detail = `${names.join(', ')}: ${ours.length} webhooks call Service ${namespace}/${name}`;
    return { name: 'webhooks', state: 'ok', detail };
  }
  return {
    name: 'webhooks',
    state: 'failed',
    detail: `no MutatingWebhookConfiguration calls Service ${namespace}/${name}: nothing is injected`,
    todo: 'Apply the manifests (outrigger manifests), or name the right Service with --service.',
  };
}

/** An injector that waits for itself never starts again. */
function checkSelfMatch(
  ours: readonly InjectionWebhook[],
  namespace: NamespaceMeta | undefined,
  pods: readonly JsonObject[],
): Check {
  const name = 'own-namespace';
  const labels = pods.map(({ metadata }) =>
    textMap(isJsonObject(metadata) ? metadata['labels'] : undefined),
  );
  const [hit] = (labels.length > 0 ? labels : [{}]).flatMap((one) =>
    webhooksMatching(ours, namespace?.labels ?? {}, one),
  );
  if (hit === undefined) {
    return { name, state: 'ok', detail: 'the injector does not wait for itself' };
  }
  return {
    name,
    state: 'failed',
    detail: `webhook ${hit.entry} of ${hit.configuration} matches the injector's own pods: once all are gone, none can be created`,
    todo: 'Label the namespace istio-injection=disabled, and the pods sidecar.istio.io/inject=false.',
  };
}

/** For every namespace there is, with each label that a pod may have. */
function checkOverlap(
  webhooks: readonly InjectionWebhook[],
  namespaces: ReadonlyMap<string, NamespaceMeta>,
): Check {
  const name = 'other-injectors';
  const revisions = new Set(webhooks.map(({ revision }) => revision));
  const wishes = [
    {},
    { 'sidecar.istio.io/inject': 'true' },
    ...[...revisions].map((one) => ({ 'istio.io/rev': one })),
  ];
  for (const [namespace, { labels = {} }] of namespaces) {
    for (const podLabels of wishes) {
      const called = webhooksMatching(webhooks, labels, podLabels);
      if (called.length < 2) continue;
      const names = called.map(({ configuration }) => configuration).join(' and ');
      return {
        name,
        state: 'failed',
        detail: `in namespace ${namespace}, ${names} match the same pods: they would be injected twice`,
        todo: 'Remove or deactivate one of them; docs/operations.md tells how to move without a gap.',
      };
    }
  }
  return { name, state: 'ok', detail: 'no pod is matched by two injectors' };
}
