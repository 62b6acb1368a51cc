/**
 * A serving certificate that somebody else puts into files, such as cert-manager through a mounted Secret.
 *
 * Exports: {@link createFileCertificate}, {@link FileCertificate}, {@link FileCertificateOptions}.
 */
import type { Logger } from 'pino';
import type { WantedBundle } from '../bundle/bundle-keeper.ts';
import { bundleHas } from '../bundle/our-webhooks.ts';
import type { CertificateStatus, UseCertificate } from '../certificate-source.ts';
import { type Clock, later, minute, second } from '../clock.ts';
import { type LoadedCertificate, loadCertificate } from '../load-certificate.ts';
import { joinCertificates, pemCertificates } from '../pem-certificates.ts';
import { readAuthorityFile } from './read-pem.ts';

/** Where the files are, and what to do with what is in them. */
export interface FileCertificateOptions {
  readonly certificateFile: string;
  readonly keyFile: string;
  /** Who signed the certificate; for `caBundle`. */
  readonly authorityFile: string | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly use: UseCertificate;
  /** Called when `caBundle` has to be another one; resolves when that has been tried. */
  readonly bundleChanged: () => Promise<void>;
}

/** A certificate from files that are read again and again. */
export interface FileCertificate {
  /**
   * Reads the files. What is there is taken into use only when certificate and key are a pair: while they are
   * being replaced they need not be, and the old ones stay in use.
   *
   * @returns when to come back
   * @throws OutriggerError what is wrong with the files
   */
  tend(): Promise<Date>;
  readiness(): readonly string[];
  status(): CertificateStatus;
  /** What `caBundle` has to hold; undefined without an authority file. */
  readonly wanted: WantedBundle | undefined;
}

/** API servers have to see a new authority in `caBundle` before they see a certificate of it, in milliseconds. */
const headStart = second;

/** Makes a file certificate; nothing is read before it is tended. */
export function createFileCertificate(options: FileCertificateOptions): FileCertificate {
  const { certificateFile, keyFile, authorityFile, clock, logger, use, bundleChanged } = options;
  let loaded: LoadedCertificate | undefined;
  let authorities: string | undefined;

  function take(next: LoadedCertificate): void {
    const { certificate, key } = next.pair;
    if (certificate === loaded?.pair.certificate && key === loaded.pair.key) return;
    use(next.pair);
    for (const warning of next.warnings) logger.warn(warning);
    logger.info(
      { file: certificateFile, notAfter: next.notAfter.toISOString() },
      loaded === undefined
        ? 'serving with the certificate from the file'
        : 'serving with the new certificate from the file',
    );
    loaded = next;
  }

  /** Reads the authorities; `caBundle` has to change when they are others than before. */
  async function tendAuthorities(file: string): Promise<'same' | 'first' | 'other'> {
    const before = authorities;
    authorities = await readAuthorityFile(file);
    if (authorities === before) return 'same';
    return before === undefined ? 'first' : 'other';
  }

  return {
    async tend() {
      const next = await loadCertificate(certificateFile, keyFile, clock.now());
      let change: 'same' | 'first' | 'other' = 'same';
      try {
        if (authorityFile !== undefined) change = await tendAuthorities(authorityFile);
      } catch (error) {
        take(next);
        throw error;
      }
      if (change !== 'same') await bundleChanged();
      if (change === 'other') return later(clock.now(), headStart);
      take(next);
      return later(clock.now(), minute);
    },
    readiness() {
      if (loaded === undefined) return [`there is no usable certificate in ${certificateFile} yet`];
      if (clock.now() >= loaded.notAfter) {
        return [`the certificate in ${certificateFile} has expired`];
      }
      return [];
    },
    status: () => ({ serving: loaded, authority: undefined }),
    wanted:
      authorityFile === undefined
        ? undefined
        : {
            isRight: (bundle) => authorities !== undefined && bundleHas(bundle, authorities),
            instead: async (bundle) =>
              authorities === undefined || bundleHas(bundle, authorities)
                ? authorities && bundle
                : joinCertificates(authorities, ...stillValid(bundle, clock.now())),
          },
  };
}

/**
 * The certificates of a bundle that have not expired. They stay beside ours: files reach the replicas one after
 * the other, and the API server has to trust what the last of them still serves with.
 */
function stillValid(bundle: string, now: Date): string[] {
  try {
    return pemCertificates(bundle, 'caBundle')
      .filter(({ parsed }) => now < parsed.validToDate)
      .map(({ pem }) => pem);
  } catch {
    return [];
  }
}
