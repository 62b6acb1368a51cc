import { annotations } from '../inject/annotations.ts';
import { ownString, podAnnotations } from '../inject/pod-metadata.ts';
import type { NamespaceMeta } from '../inject/types.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import { ApiError } from '../kube/api-error.ts';
import type { Check, Outcome } from './check.ts';
import type { Examined } from './examine-cluster.ts';
import { type InjectionWebhook, webhooksMatching } from './injection-webhooks.ts';
import { tryPod } from './try-pod.ts';

/** Further apart than this, certificates that were made just now are not valid yet for the other side. */
const mostSkewMs = 60_000;

/** Has the API server try out a pod in a namespace that is injected. The answer also tells the API server's time. */
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
    pod = await tryPod(api, namespace);
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

function failure(error: unknown, namespace: string): Outcome {
  const message = error instanceof Error ? error.message : String(error);
  const detail = `a pod tried out in namespace ${namespace} was refused: ${message}`;
  const [, todo] = todos.find(([pattern]) => pattern.test(message)) ?? [];
  if (error instanceof ApiError && todo !== undefined) return { state: 'failed', detail, todo };
  if (/sidecar-injector\.istio\.io/.test(message)) {
    return {
      state: 'failed',
      detail,
      todo: 'The injector refuses every pod there: its log says why, and so does outrigger explain.',
    };
  }
  return {
    state: 'unknown',
    detail,
    todo: 'That was not the injector: try another namespace with --trial-namespace.',
  };
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
