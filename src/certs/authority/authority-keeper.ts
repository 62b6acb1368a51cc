/**
 * Keeps the certificate authorities that all replicas share. There is no leader: everyone plans the same step
 * from the same Secret, and whoever writes first wins.
 *
 * Exports: {@link createAuthorityKeeper}, {@link AuthorityKeeper}, {@link KeeperOptions}.
 */
import type { Logger } from 'pino';
import { OutriggerError } from '../../errors.ts';
import { ApiError } from '../../kube/api-error.ts';
import { type Clock, earliest, later, second } from '../clock.ts';
import { readAuthorities, type SecretData, writeAuthorities } from './authority-secret.ts';
import type { Authority, AuthorityState } from './authority-state.ts';
import type { Lifetimes } from './lifetimes.ts';
import { makeAuthority } from './make-authority.ts';
import { dropped, introduced, planRotation, promoted, type RotationStep } from './plan-rotation.ts';
import type { SecretStore, StoredSecret } from './secret-store.ts';

/** What the keeper works with. */
export interface KeeperOptions {
  readonly store: SecretStore;
  readonly lifetimes: Lifetimes;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Whether every client is known to trust this certificate (PEM) by now. */
  readonly isTrusted: (certificate: string) => Promise<boolean>;
}

/** The authorities of this installation. */
export interface AuthorityKeeper {
  /** As they were when they were last read; undefined before the first time. */
  known(): AuthorityState | undefined;
  /** Reads them anew; undefined when there are none. */
  read(): Promise<AuthorityState | undefined>;
  /**
   * Reads them anew, and takes the steps that are due: makes the first authority, rotates.
   *
   * @returns the authorities, and when to come back
   * @throws ApiError when the cluster does not let us, OutriggerError `OUTRIGGER_CERTIFICATE` when the Secret
   *   holds something that cannot be used
   */
  tend(): Promise<{ readonly state: AuthorityState; readonly due: Date }>;
}

/** Everyone who loses a race has seen somebody else win it, so there are never many rounds. */
const mostRounds = 20;
/** How long to wait before asking again whether a new authority is trusted by everyone. */
const askAgain = 5 * second;

/** Makes a keeper; nothing happens before it is called. */
export function createAuthorityKeeper(options: KeeperOptions): AuthorityKeeper {
  const { store, lifetimes, clock, logger, isTrusted } = options;
  let known: AuthorityState | undefined;

  async function load(): Promise<StoredSecret | undefined> {
    const stored = await store.read();
    const state = stored === undefined ? undefined : readAuthorities(stored.data, store.name);
    known = state ?? known;
    return stored;
  }

  /** The first authorities, or those that we remember from a Secret that somebody deleted. */
  async function begin(now: Date): Promise<AuthorityState> {
    const authority = await makeAuthority(now, lifetimes);
    if (known === undefined || now >= known.active.notAfter) {
      return { active: authority, next: undefined, retired: [] };
    }
    // Clients still trust the old one, and do not know the new one yet.
    return introduced(known, known.next?.authority ?? authority, now);
  }

  async function after(
    state: AuthorityState,
    step: Exclude<RotationStep, { kind: 'wait' }>,
    now: Date,
  ): Promise<AuthorityState> {
    switch (step.kind) {
      case 'introduce':
        return introduced(state, step.authority ?? (await makeAuthority(now, lifetimes)), now);
      case 'promote':
        return promoted(state, step.next, now, lifetimes);
      case 'drop':
        return dropped(state, now);
      case 'replace': {
        const { retired } = dropped(state, now);
        return { active: await makeAuthority(now, lifetimes), next: undefined, retired };
      }
    }
  }

  /** Writes, unless somebody else was faster: then undefined, and the caller has to look again. */
  async function write(
    stored: StoredSecret | undefined,
    state: AuthorityState,
  ): Promise<StoredSecret | undefined> {
    const data = writeAuthorities(state);
    try {
      if (stored === undefined) return await store.create(data);
      return await store.update(stored, withForeign(stored.data, data));
    } catch (error) {
      if (isLostRace(error, stored !== undefined)) return undefined;
      throw error;
    }
  }

  return {
    known: () => known,
    async read() {
      const stored = await load();
      return stored === undefined ? undefined : readAuthorities(stored.data, store.name);
    },
    async tend() {
      let stored = await load();
      for (let round = 0; round < mostRounds; round++) {
        const state = stored === undefined ? undefined : readAuthorities(stored.data, store.name);
        const now = clock.now();
        if (state === undefined) {
          const first = await begin(now);
          stored = await write(stored, first);
          if (stored !== undefined) logBegin(logger, store.name, known !== undefined, first.active);
          stored ??= await load();
          continue;
        }
        known = state;
        const step = planRotation(state, now, lifetimes);
        if (step.kind === 'wait') return { state, due: step.until };
        if (step.kind === 'promote' && !step.insist) {
          if (!(await isTrusted(step.next.certificate))) {
            return { state, due: askAgainAt(state, now, lifetimes) };
          }
        }
        const then = await after(state, step, now);
        stored = await write(stored, then);
        if (stored !== undefined) logStep(logger, store.name, step, then);
        stored ??= await load();
      }
      throw new OutriggerError('OUTRIGGER_CLUSTER', `Secret ${store.name} changes all the time`, {
        hint: 'Find out who else writes to it.',
      });
    },
  };
}

/** Entries that others have put there stay. */
function withForeign(before: SecretData, data: SecretData): SecretData {
  const ours = new Set(['next.crt', 'next.key', 'rotation.json']);
  const foreign = [...before].filter(([name]) => !data.has(name) && !ours.has(name));
  return new Map([...data, ...foreign]);
}

/** 404: what was to be updated has been deleted. */
function isLostRace(error: unknown, update: boolean): boolean {
  if (!(error instanceof ApiError)) return false;
  return error.status === 409 || (update && error.status === 404);
}

function askAgainAt(state: AuthorityState, now: Date, { overlap }: Lifetimes): Date {
  return earliest(later(now, Math.min(askAgain, overlap)), state.active.notAfter);
}

function logBegin(logger: Logger, secret: string, again: boolean, { notAfter }: Authority): void {
  const sentence = again
    ? 'the Secret of the certificate authority was gone: made again, with a new authority to follow'
    : 'made a certificate authority';
  logger[again ? 'warn' : 'info']({ secret, notAfter: notAfter.toISOString() }, sentence);
}

function logStep(
  logger: Logger,
  secret: string,
  step: RotationStep,
  { active, next }: AuthorityState,
): void {
  const fields = { secret, active: active.fingerprint, next: next?.authority.fingerprint };
  switch (step.kind) {
    case 'introduce':
      logger.info(fields, 'a new certificate authority is in the bundle, and takes over later');
      break;
    case 'promote':
      if (step.insist) {
        logger.warn(
          fields,
          'the new certificate authority has taken over, though not every caBundle is known to have it: the old one is about to expire',
        );
      } else {
        logger.info(fields, 'the new certificate authority has taken over');
      }
      break;
    case 'drop':
      logger.info(fields, 'an old certificate authority has left the bundle');
      break;
    case 'replace':
      logger.warn(fields, 'the certificate authority had expired: made a new one');
  }
}
