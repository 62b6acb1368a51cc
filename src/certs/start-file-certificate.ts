import { watchFiles } from '../serving/watch-files.ts';
import { createWebhookStore } from './bundle/webhook-store.ts';
import type { CertificateSource } from './certificate-source.ts';
import { createFileCertificate } from './files/file-certificate.ts';
import { startBundles, startTending, type TendedBundles } from './start-tending.ts';
import type { ClusterWebhooks, Surroundings } from './surroundings.ts';

/** Files with a certificate that somebody else looks after. */
export interface CertificateFiles {
  readonly certificate: string;
  readonly key: string;
  /** Who signed the certificate; needed for `caBundle` only. */
  readonly authority: string | undefined;
}

/** How often files may be found not to fit before it is worth a line: while they are replaced they never do. */
const patience = 3;

/**
 * Serves with a certificate from files, and follows them.
 *
 * @param webhooks undefined without a cluster
 */
export function startFileCertificate(
  files: CertificateFiles,
  webhooks: ClusterWebhooks | undefined,
  surroundings: Surroundings,
): CertificateSource {
  const { logger } = surroundings;
  let bundles: TendedBundles | undefined;
  const certificate = createFileCertificate({
    ...surroundings,
    certificateFile: files.certificate,
    keyFile: files.key,
    authorityFile: files.authority,
    async bundleChanged() {
      try {
        await bundles?.keeper.tend();
      } catch {
        // Its own loop says what is wrong, and goes on trying.
        bundles?.wake();
      }
    },
  });
  const loop = startTending(
    () => certificate.tend(),
    surroundings,
    {
      fails: 'the files of the serving certificate cannot be used',
      works: 'the files of the serving certificate can be used again',
    },
    patience,
  );
  const paths = [files.certificate, files.key, files.authority].filter(
    (path) => path !== undefined,
  );
  const stopWatching = watchFiles(paths, loop.wake, logger);
  const { wanted } = certificate;
  if (webhooks?.manage && wanted !== undefined) {
    const configurations = createWebhookStore(webhooks.api, webhooks.revision, webhooks.service);
    bundles = startBundles(configurations, wanted, webhooks, surroundings);
  }
  return {
    readiness: () => [...certificate.readiness(), ...(bundles?.keeper.readiness() ?? [])],
    status: () => certificate.status(),
    async stop() {
      await Promise.all([loop.stop(), stopWatching.then((stop) => stop()), bundles?.stop()]);
    },
  };
}
