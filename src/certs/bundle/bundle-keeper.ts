/**
 * Keeps `caBundle` of the webhook configurations that call us right, so that the API server trusts our
 * certificate.
 *
 * Exports: {@link createBundleKeeper}, {@link BundleKeeper}, {@link BundleOptions}, {@link WantedBundle},
 * {@link PatchRecorder}.
 */
import type { Logger } from 'pino';
import { OutriggerError } from '../../errors.ts';
import { ApiError } from '../../kube/api-error.ts';
import { type Clock, earliest, later, minute, second } from '../clock.ts';
import type { OurConfiguration } from './our-webhooks.ts';
import type { WebhookStore } from './webhook-store.ts';

/** What `caBundle` should be. */
export interface WantedBundle {
  /** Whether a bundle is in order as far as is known without asking anybody. */
  isRight(bundle: string): boolean;
  /**
   * What a bundle should be replaced by, as of now; undefined when that is not known yet. Asked only after the
   * configuration was read, which makes the writes of several replicas safe: one that goes by an old answer
   * also has an old version of the configuration, and is refused.
   */
  instead(bundle: string): Promise<string | undefined>;
}

/** Told about patches, for metrics. */
export interface PatchRecorder {
  attempt(configuration: string): void;
  /** Somebody else changed the configuration in between. */
  retry(configuration: string): void;
  failure(configuration: string, error: unknown): void;
}

/** What the keeper works with. */
export interface BundleOptions {
  readonly webhooks: WebhookStore;
  readonly wanted: WantedBundle;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly recorder?: PatchRecorder;
}

/** Looks after `caBundle`. */
export interface BundleKeeper {
  /**
   * Reads the configurations and repairs what is wrong in them.
   *
   * @returns when to come back
   * @throws ApiError when that fails for other reasons than a right that we do not have
   */
  tend(): Promise<Date>;
  /** Why requests would not get here yet; empty once the first round is done, or could not be for want of rights. */
  readiness(): readonly string[];
}

/** After this many repairs of one configuration within a minute somebody is working against us. */
const manyRepairs = 6;
/** From then on repairs are this far apart, for the sake of the API server. */
const repairPause = 5 * second;
const mostConflicts = 5;

/** Makes a keeper; nothing happens before it is called. */
export function createBundleKeeper(options: BundleOptions): BundleKeeper {
  const { webhooks, wanted, clock, logger, recorder } = options;
  const repairs = new Map<string, Date[]>();
  let settled = false;
  let denied = false;
  let unknown = false;
  let due = clock.now();

  /** Whatever goes wrong here has nothing to do with our rights to webhook configurations. */
  async function wantedInstead(bundle: string): Promise<string | undefined> {
    try {
      return await wanted.instead(bundle);
    } catch (cause) {
      const { message, hint } = cause as { message?: string; hint?: string };
      throw new OutriggerError(
        'OUTRIGGER_CLUSTER',
        `it cannot be found out what it should be: ${message ?? String(cause)}`,
        { cause, ...(hint !== undefined && { hint }) },
      );
    }
  }

  /** @returns false when the configuration has changed in between */
  async function repair(configuration: OurConfiguration): Promise<boolean> {
    const { name } = configuration;
    /** Entries by the bundle that they need; in practice there is one. */
    const needs = new Map<string, number[]>();
    for (const { index, bundle } of configuration.webhooks) {
      const instead = await wantedInstead(bundle);
      unknown ||= instead === undefined;
      if (instead === undefined || instead === bundle) continue;
      needs.set(instead, [...(needs.get(instead) ?? []), index]);
    }
    const [need] = needs;
    if (need === undefined) return true;
    const [bundle, indexes] = need;
    recorder?.attempt(name);
    try {
      await webhooks.setBundle(configuration, indexes, bundle);
    } catch (error) {
      // 422 is what the API server says when the entries are not where they were.
      if (error instanceof ApiError && [404, 409, 422].includes(error.status ?? 0)) {
        recorder?.retry(name);
        return false;
      }
      recorder?.failure(name, error);
      throw error;
    }
    remember(name);
    logger.info(
      { configuration: name, webhooks: namesOf(configuration, indexes) },
      'caBundle was not right and has been replaced',
    );
    // Further entries need another bundle: in the next round, with the new version.
    return needs.size === 1;
  }

  function remember(name: string): void {
    const before = recent(name);
    repairs.set(name, [...before, clock.now()]);
    if (before.length + 1 !== manyRepairs) return;
    logger.warn(
      { configuration: name },
      'something else keeps overwriting caBundle. Is there another controller for this configuration, such as an istiod of the same revision?',
    );
  }

  function recent(name: string): Date[] {
    const since = later(clock.now(), -minute);
    return (repairs.get(name) ?? []).filter((date) => date > since);
  }

  function pauseAfter(recentRepairs: readonly Date[]): Date {
    const last = recentRepairs.at(-1);
    if (last === undefined || recentRepairs.length < manyRepairs) return new Date(0);
    return later(last, repairPause);
  }

  /** @returns whether there is nothing left that could be done now */
  async function round(): Promise<boolean> {
    const wrong = (await webhooks.list()).filter((configuration) =>
      configuration.webhooks.some(({ bundle }) => !wanted.isRight(bundle)),
    );
    let done = true;
    let failure: unknown;
    unknown = false;
    due = later(clock.now(), minute);
    for (const configuration of wrong) {
      const pauseEnd = pauseAfter(recent(configuration.name));
      if (clock.now() < pauseEnd) {
        due = earliest(due, pauseEnd);
        continue;
      }
      try {
        done = (await repair(configuration)) && done;
      } catch (error) {
        // The others may be luckier. A right that is missing is the least urgent of all failures.
        if (failure === undefined || isForbidden(failure)) failure = error;
      }
    }
    if (failure !== undefined) throw failure;
    return done;
  }

  return {
    async tend() {
      try {
        for (let conflicts = 0; !(await round()); conflicts++) {
          if (conflicts === mostConflicts) return clock.now();
        }
      } catch (error) {
        if (!isForbidden(error)) throw error;
        if (!denied) {
          logger.warn(
            { error: error.message, missing: missingRight(error) },
            `caBundle cannot be kept right for want of the right to ${missingRight(error)}: apply the RBAC of "outrigger manifests" again, or fill it in yourself and run with --no-manage-webhook`,
          );
        }
        denied = true;
        settled = true;
        return later(clock.now(), minute);
      }
      if (denied) logger.info('caBundle can be kept right now');
      denied = false;
      settled ||= !unknown;
      return due;
    },
    readiness: () =>
      settled ? [] : ['it is not known yet whether the API server trusts our certificate'],
  };
}

function isForbidden(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 403;
}

/** A patch is only tried after the configurations were listed. */
function missingRight({ message }: ApiError): string {
  const verb = message.startsWith('PATCH ') ? 'patch' : 'list';
  return `${verb} mutatingwebhookconfigurations`;
}

function namesOf({ webhooks }: OurConfiguration, indexes: readonly number[]): string[] {
  return webhooks.filter(({ index }) => indexes.includes(index)).map(({ name }) => name);
}
