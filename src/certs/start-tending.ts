import { isJsonObject } from '../json.ts';
import type { ApiServer } from '../kube/api-server.ts';
import { follow } from '../kube/follow.ts';
import type { Followed } from '../kube/followed.ts';
import type { Resource } from '../kube/resource.ts';
import {
  type BundleKeeper,
  createBundleKeeper,
  type WantedBundle,
} from './bundle/bundle-keeper.ts';
import { type WebhookStore, webhooksOf } from './bundle/webhook-store.ts';
import { createFailureLog, type FailureSentences } from './failure-log.ts';
import type { ClusterWebhooks, Surroundings } from './surroundings.ts';
import { startLoop, type TendingLoop } from './tending-loop.ts';

/**
 * Tends to something for as long as the process runs.
 *
 * @param patience how many failures in a row are nothing to talk about
 */
export function startTending(
  tend: () => Promise<Date>,
  { clock, random, logger }: Pick<Surroundings, 'clock' | 'random' | 'logger'>,
  sentences: FailureSentences,
  patience = 0,
): TendingLoop {
  const log = createFailureLog(logger, sentences, patience);
  return startLoop({
    async pass() {
      const due = await tend();
      log.worked();
      return due;
    },
    failed: log.failed,
    clock,
    random,
  });
}

/** Wakes a loop when an object of the cluster has changed. */
export function wakeOnChange(
  loop: TendingLoop,
  api: ApiServer,
  resource: Resource,
  { logger }: Pick<Surroundings, 'logger'>,
): Followed<unknown> {
  return follow(api, resource, {
    read: ({ metadata }) => (isJsonObject(metadata) ? metadata['resourceVersion'] : undefined),
    onChange: loop.wake,
    logger,
  });
}

/** `caBundle`, looked after in the background. */
export interface TendedBundles extends TendingLoop {
  readonly keeper: BundleKeeper;
}

/** Starts to look after `caBundle`. */
export function startBundles(
  store: WebhookStore,
  wanted: WantedBundle,
  { api, revision, recorder }: ClusterWebhooks,
  surroundings: Surroundings,
): TendedBundles {
  const { clock, logger } = surroundings;
  const keeper = createBundleKeeper({
    webhooks: store,
    wanted,
    clock,
    logger,
    ...(recorder !== undefined && { recorder }),
  });
  const loop = startTending(() => keeper.tend(), surroundings, {
    fails: 'caBundle cannot be kept right',
    works: 'caBundle can be kept right again',
  });
  const watch = wakeOnChange(loop, api, webhooksOf(revision), surroundings);
  return {
    keeper,
    wake: loop.wake,
    async stop() {
      await Promise.all([loop.stop(), watch.stop()]);
    },
  };
}
