import type { Logger } from 'pino';
import type { CertificateStatus, Validity } from './certificate-source.ts';
import { type Clock, day, later, minute } from './clock.ts';

/** Certificates are renewed with a third of their life to go; with this part left, that has failed for long. */
const remainingPart = 1 / 6;
/** Whoever renews certificates of many months by hand needs no more notice than this. */
const longestNotice = 30 * day;

const hint =
  'Earlier lines say what keeps it from being renewed; files are renewed by whoever makes them, such as cert-manager.';

/**
 * Warns, once for each, when the serving certificate or its authority is about to expire and nothing has renewed it.
 *
 * @returns ends it
 */
export function watchExpiry(
  status: () => CertificateStatus,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
): () => void {
  /** Expiry dates that were warned of. */
  const told = new Set<number>();
  let cancel: () => void = () => {};

  function check(what: string, validity: Validity | undefined): void {
    if (validity === undefined) return;
    const { notAfter } = validity;
    const now = clock.now();
    if (now < noticeAt(validity) || told.has(notAfter.getTime())) return;
    told.add(notAfter.getTime());
    const hoursLeft = Math.round((notAfter.getTime() - now.getTime()) / (60 * minute));
    const fields = { notAfter: notAfter.toISOString(), hoursLeft, hint };
    logger.warn(fields, `${what} expires soon, and has not been renewed`);
  }

  function look(): void {
    const { serving, authority } = status();
    check('the serving certificate', serving);
    check('the certificate authority', authority);
    cancel = clock.after(minute, look);
  }

  look();
  return () => cancel();
}

function noticeAt({ notBefore, notAfter }: Validity): Date {
  const life = notAfter.getTime() - notBefore.getTime();
  return later(notAfter, -Math.min(life * remainingPart, longestNotice));
}
