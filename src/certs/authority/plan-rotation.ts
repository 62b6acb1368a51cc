import { earliest, later } from '../clock.ts';
import type { Authority, AuthorityState } from './authority-state.ts';
import { insistBefore, introduceBefore, type Lifetimes } from './lifetimes.ts';

/** What has to happen to the authorities. */
export type RotationStep =
  /** Nothing before that time. */
  | { readonly kind: 'wait'; readonly until: Date }
  /** An authority comes into the bundle: the one that somebody left there, else a new one. */
  | { readonly kind: 'introduce'; readonly authority: Authority | undefined }
  /**
   * The next authority becomes the active one. Unless `insist` is set, only when all clients are known to have
   * it in their bundle; else to be asked again later.
   */
  | { readonly kind: 'promote'; readonly next: Authority; readonly insist: boolean }
  /** What has had its time leaves the bundle. */
  | { readonly kind: 'drop' }
  /** The active authority is of no use any more, and there is none to follow it. */
  | { readonly kind: 'replace' };

/** What the authorities need at this time. */
export function planRotation(state: AuthorityState, now: Date, lifetimes: Lifetimes): RotationStep {
  const { active, next, retired } = state;
  const usableNext = next !== undefined && now < next.authority.notAfter ? next : undefined;
  if (now >= active.notAfter) {
    return usableNext === undefined
      ? { kind: 'replace' }
      : { kind: 'promote', next: usableNext.authority, insist: true };
  }
  if (next !== usableNext || retired.some(({ until }) => until <= now)) return { kind: 'drop' };

  const insistAt = later(active.notAfter, -insistBefore(lifetimes));
  const drops = retired.map(({ until }) => until);
  if (usableNext === undefined) {
    const introduceAt = later(active.notAfter, -introduceBefore(lifetimes));
    if (now >= introduceAt) return { kind: 'introduce', authority: undefined };
    return { kind: 'wait', until: earliest(introduceAt, ...drops) };
  }
  if (usableNext.since === undefined) {
    return { kind: 'introduce', authority: usableNext.authority };
  }
  const promoteAt = earliest(later(usableNext.since, lifetimes.overlap), insistAt);
  if (now >= promoteAt) {
    return { kind: 'promote', next: usableNext.authority, insist: now >= insistAt };
  }
  return { kind: 'wait', until: earliest(promoteAt, ...drops) };
}

/** The authorities after a new one came into the bundle. */
export function introduced(state: AuthorityState, authority: Authority, now: Date): AuthorityState {
  return { ...state, next: { authority, since: now } };
}

/**
 * The authorities after the next one has taken over. The old one stays trusted for as long as a certificate
 * that it signed up to now can last, and a little longer: clocks differ.
 */
export function promoted(
  state: AuthorityState,
  next: Authority,
  now: Date,
  { certificate, overlap }: Lifetimes,
): AuthorityState {
  const { active } = state;
  const until = earliest(active.notAfter, later(now, certificate + overlap));
  return dropped(
    {
      active: next,
      next: undefined,
      retired: [
        { certificate: active.certificate, fingerprint: active.fingerprint, until },
        ...state.retired,
      ],
    },
    now,
  );
}

/** The authorities without those that have had their time. */
export function dropped(state: AuthorityState, now: Date): AuthorityState {
  const { next } = state;
  return {
    active: state.active,
    next: next !== undefined && now < next.authority.notAfter ? next : undefined,
    retired: state.retired.filter(({ until }) => now < until),
  };
}
