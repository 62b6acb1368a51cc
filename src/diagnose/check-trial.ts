import { annotations } from '../inject/annotations.ts';
import { ownString, podAnnotations } from '../inject/pod-metadata.ts';
import type { NamespaceMeta } from '../inject/types.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import { ApiError } from '../kube/api-error.ts';
import type { Check } from './check.ts';
import type { Examined } from './examine-cluster.ts';
import { type InjectionWebhook, webhooksMatching } from './injection-webhooks.ts';

/** Further apart than this, certificates that were made just now are not valid yet for the other side. */
const mostSkewMs = 60_000;

/**
 * Asks the API server to try out a pod (`dryRun`, so that nothing is created) in a namespace that is injected. It
 * goes the whole way: selectors, network, certificate, caBundle and configuration. The answer also tells the
 * API server's time.
 */
export async function checkTrial(
  { api, trialNamespace, now }: Pick<Examined, 'api' | 'trialNamespace' | 'now'>,
  ours: readonly InjectionWebhook[],
  namespaces: ReadonlyMap<string, NamespaceMeta>,
): Promise<Check[]> {
  const namespace = trialNamespace ?? choose(ours, namespaces);
  if (namespace === undefined) {
    const detail = 'no namespace is injected: nothing was tried out';
    const todo = 'Label one istio-injection=enabled, or name one with --trial-namespace.';
    return [{ name: 'trial', state: 'unknown', detail, todo }];
  }
  let pod: JsonObject;
  try {
    pod = await api.request({
      method: 'POST',
      path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`,
      query: { dryRun: 'All' },
      body: trialPod(namespace),
    });
  } catch (error) {
    return [{ name: 'trial', ...failure(error, namespace) }];
  }
  const status = ownString(podAnnotations(pod), annotations.status);
  const where = `a pod tried out in namespace ${namespace}`;
  const trial: Check =
    status === undefined
      ? {
          name: 'trial',
          state: 'failed',
          detail: `${where} got no sidecar`,
          todo: 'With failurePolicy Ignore the API server hides why: look into its log, and that of the injector, for this moment.',
        }
      : { name: 'trial', state: 'ok', detail: `${where} was injected` };
  return [trial, ...checkClock(pod, now())];
}

function failure(error: unknown, namespace: string): Omit<Check, 'name'> {
  const message = error instanceof Error ? error.message : String(error);
  const detail = `a pod tried out in namespace ${namespace} was refused: ${message}`;
  if (!(error instanceof ApiError)) return { state: 'unknown', detail };
  const [, todo] = todos.find(([pattern]) => pattern.test(message)) ?? [];
  if (todo !== undefined) return { state: 'failed', detail, todo };
  const ofWebhook = /sidecar-injector\.istio\.io/.test(message);
  return { state: ofWebhook ? 'failed' : 'unknown', detail };
}

const todos: readonly (readonly [pattern: RegExp, todo: string])[] = [
  [
    /x509|certificate/,
    'The API server does not trust the injector: look at caBundle, and at who else writes it.',
  ],
  [/no endpoints|connection refused/, 'No replica is ready: look at their pods and logs.'],
  [
    /deadline exceeded|timeout|Timeout/,
    'The API server cannot reach port 15017: look at firewalls and NetworkPolicies.',
  ],
];

function choose(
  ours: readonly InjectionWebhook[],
  namespaces: ReadonlyMap<string, NamespaceMeta>,
): string | undefined {
  for (const [name, { labels = {} }] of namespaces) {
    if (webhooksMatching(ours, labels, {}).length > 0) return name;
  }
  return undefined;
}

/** Meets the strictest Pod Security level, so that nothing but the injector can refuse it. */
function trialPod(namespace: string): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { generateName: 'outrigger-doctor-', namespace },
    spec: {
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 65532,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          name: 'trial',
          image: 'registry.invalid/never-pulled',
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        },
      ],
    },
  };
}

function checkClock({ metadata }: JsonObject, now: Date): Check[] {
  const created = isJsonObject(metadata) ? metadata['creationTimestamp'] : undefined;
  const then = typeof created === 'string' ? Date.parse(created) : Number.NaN;
  if (Number.isNaN(then)) return [];
  const skew = Math.abs(now.getTime() - then);
  const seconds = Math.round(skew / 1000);
  if (skew <= mostSkewMs) {
    return [
      {
        name: 'clock',
        state: 'ok',
        detail: `this clock and the API server's are ${seconds} s apart`,
      },
    ];
  }
  const detail = `this clock and the API server's are ${seconds} s apart: certificates may be refused as not valid yet`;
  return [{ name: 'clock', state: 'failed', detail, todo: 'Put the clocks right (NTP).' }];
}
