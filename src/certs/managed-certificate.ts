/**
 * A serving certificate out of the installation's own certificate authority. Every replica issues its own, in
 * memory.
 *
 * Exports: {@link createManagedCertificate}, {@link ManagedCertificate}, {@link ManagedOptions}.
 */
import type { Logger } from 'pino';
import type { AuthorityKeeper } from './authority/authority-keeper.ts';
import { type AuthorityState, bundleOf } from './authority/authority-state.ts';
import { type Lifetimes, renewBefore } from './authority/lifetimes.ts';
import { type IssuedCertificate, issueCertificate } from './authority/make-authority.ts';
import type { CertificateStatus, UseCertificate } from './certificate-source.ts';
import { type Clock, earliest, later } from './clock.ts';

/** What a managed certificate is made of. */
export interface ManagedOptions {
  readonly keeper: AuthorityKeeper;
  readonly lifetimes: Lifetimes;
  readonly clock: Clock;
  readonly logger: Logger;
  /** DNS names and IP addresses that the certificate is for. */
  readonly names: readonly string[];
  readonly use: UseCertificate;
  /** Called when what clients have to trust has changed. */
  readonly bundleChanged: () => void;
}

/** A serving certificate that is kept fresh. */
export interface ManagedCertificate {
  /**
   * Looks after authorities and certificate.
   *
   * @returns when to come back
   * @throws what reading and writing the Secret throws; a certificate that is about to expire is renewed even so
   */
  tend(): Promise<Date>;
  readiness(): readonly string[];
  status(): CertificateStatus;
}

/** Makes a managed certificate; nothing happens before it is tended. */
export function createManagedCertificate(options: ManagedOptions): ManagedCertificate {
  const { keeper, lifetimes, clock, logger, names, use, bundleChanged } = options;
  let issued: IssuedCertificate | undefined;
  let bundle: string | undefined;

  async function issueFrom({ active }: AuthorityState): Promise<void> {
    const next = await issueCertificate(active, names, clock.now(), lifetimes);
    use(next.pair);
    issued = next;
    logger.info(
      { names, notAfter: next.notAfter.toISOString(), issuer: next.issuer },
      'serving with a new certificate',
    );
  }

  const renewAt = ({ notAfter }: IssuedCertificate) => later(notAfter, -renewBefore(lifetimes));

  /** A certificate signed by what may be an old authority is still better than none, or one that has expired. */
  async function renewFromMemory(): Promise<void> {
    const state = keeper.known();
    if (state === undefined || issued === undefined) return;
    const now = clock.now();
    const urgent = now >= later(issued.notAfter, -renewBefore(lifetimes) / 2);
    if (urgent && state.active.notAfter > issued.notAfter && now < state.active.notAfter) {
      await issueFrom(state);
    }
  }

  return {
    async tend() {
      let state: AuthorityState;
      let due: Date;
      try {
        ({ state, due } = await keeper.tend());
      } catch (error) {
        await renewFromMemory();
        throw error;
      }
      const now = clock.now();
      if (
        issued === undefined ||
        issued.issuer !== state.active.fingerprint ||
        // Where it lasts as long as its authority, a new one would last no longer.
        (now >= renewAt(issued) && state.active.notAfter > issued.notAfter)
      ) {
        await issueFrom(state);
      }
      const trusted = bundleOf(state);
      if (trusted !== bundle) {
        bundle = trusted;
        bundleChanged();
      }
      return issued === undefined || now >= renewAt(issued) ? due : earliest(due, renewAt(issued));
    },
    readiness() {
      if (issued === undefined) return ['there is no serving certificate yet'];
      if (clock.now() >= issued.notAfter) return ['the serving certificate has expired'];
      return [];
    },
    status: () => ({ serving: issued, authority: keeper.known()?.active }),
  };
}
