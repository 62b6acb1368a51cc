/**
 * The certificate that the server starts with, and what keeps it fresh. Exports: {@link openCertificate},
 * {@link ServingCertificate}, {@link OpenCertificate}.
 */
import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Logger } from 'pino';
import {
  checkLifetimes,
  defaultLifetimes,
  type Lifetimes,
} from '../../certs/authority/lifetimes.ts';
import type { PatchRecorder } from '../../certs/bundle/bundle-keeper.ts';
import type { CertificatePair } from '../../certs/certificate-pair.ts';
import type {
  CertificateSource,
  UseCertificate,
  Validity,
} from '../../certs/certificate-source.ts';
import { systemClock } from '../../certs/clock.ts';
import { loadCertificate } from '../../certs/load-certificate.ts';
import { servingNames } from '../../certs/serving-names.ts';
import { type CertificateFiles, startFileCertificate } from '../../certs/start-file-certificate.ts';
import type { ClusterWebhooks, Surroundings } from '../../certs/surroundings.ts';
import { OutriggerError } from '../../errors.ts';
import type { ClusterConnection } from '../../kube/connect.ts';
import type { CliContext } from '../context.ts';
import type { CertificateOptions } from './certificate-options.ts';
import { chooseService } from './choose-service.ts';
import type { ServeOptions } from './serve-options.ts';

/** A certificate to serve with, and how to tell people about it. */
export interface ServingCertificate {
  /** To start with. */
  readonly pair: CertificatePair;
  /** Such as `from /etc/tls/tls.crt, valid until …`. */
  readonly description: string;
  /** The names a certificate of ours is made for; empty for one from a file. */
  readonly names: readonly string[];
  readonly warnings: readonly string[];
  /** When the one to start with is valid, where nothing keeps it fresh. */
  readonly validity?: Validity | undefined;
  /** Starts to keep it fresh; undefined where nothing is to be done. */
  readonly keepFresh: ((use: UseCertificate) => CertificateSource) | undefined;
}

/** What the choice depends on. */
export interface OpenCertificate {
  readonly options: ServeOptions;
  readonly env: CliContext['env'];
  readonly cluster: ClusterConnection | undefined;
  readonly logger: Logger;
  /** Told about repairs of `caBundle`. */
  readonly patches?: PatchRecorder | undefined;
}

/**
 * Gets the certificate that the flags ask for: from files; else, behind a Service of a cluster, of the
 * installation's own authority; else self-signed.
 *
 * @throws OutriggerError when only one of two files is named, or one cannot be used and there is no cluster in
 *   which somebody might still put it right
 */
export async function openCertificate(open: OpenCertificate): Promise<ServingCertificate> {
  const { options, env, cluster, logger, patches } = open;
  const revision = options.revision ?? env['REVISION'] ?? '';
  const service = chooseService(options, env, cluster, revision);
  const webhooks: ClusterWebhooks | undefined = cluster &&
    service && {
      api: cluster.api,
      revision,
      service,
      manage: options.manageWebhook ?? true,
      ...(patches !== undefined && { recorder: patches }),
    };
  const surroundings = (use: UseCertificate): Surroundings => ({
    clock: systemClock,
    random: Math.random,
    logger,
    use,
  });
  const files = certificateFiles(options);
  if (files !== undefined) {
    return {
      ...(await startFromFiles(files, cluster !== undefined)),
      keepFresh: (use) => startFileCertificate(files, webhooks, surroundings(use)),
    };
  }
  const { name = 'outrigger', namespace = env['POD_NAMESPACE'] ?? 'istio-system' } = service ?? {};
  const names = servingNames(name, namespace, options.tlsNames);
  const pair = await selfSigned(names);
  if (webhooks === undefined) {
    const description = 'self-signed, made at this start';
    const { validFromDate, validToDate } = new X509Certificate(pair.certificate);
    const validity = { notBefore: validFromDate, notAfter: validToDate };
    return { pair, description, names, warnings: [], validity, keepFresh: undefined };
  }
  const lifetimes = lifetimesOf(options);
  const secret = options.caSecret ?? 'outrigger-ca';
  // Slow to load, like everything that makes certificates.
  const { startManagedCertificate } = await import('../../certs/start-managed-certificate.ts');
  return {
    pair,
    description: `of the authority in Secret ${namespace}/${secret}`,
    names,
    warnings: [],
    keepFresh: (use) =>
      startManagedCertificate({ secret, lifetimes, names }, webhooks, surroundings(use)),
  };
}

/** Files in a pod may come later than we do, or be put right: until then the server is not ready. */
async function startFromFiles(
  { certificate, key }: CertificateFiles,
  wait: boolean,
): Promise<Omit<ServingCertificate, 'keepFresh'>> {
  try {
    const { pair, notAfter, warnings } = await loadCertificate(certificate, key, new Date());
    const description = `from ${certificate}, valid until ${notAfter.toISOString()}`;
    return { pair, description, names: [], warnings };
  } catch (error) {
    if (!wait || !(error instanceof OutriggerError)) throw error;
    return {
      pair: await selfSigned(['localhost']),
      description: `from ${certificate}, as soon as it can be used`,
      names: [],
      warnings: [error.message],
    };
  }
}

async function selfSigned(names: readonly string[]): Promise<CertificatePair> {
  // Slow to load, and of no use to a server that is given its certificate.
  const { selfSignedCertificate } = await import('../../certs/self-signed.ts');
  return selfSignedCertificate(names, new Date());
}

/** Where Istio's own manifests mount them, relative to the working directory (`pilot/pkg/bootstrap/server.go`). */
const mounted = {
  certificate: './var/run/secrets/istiod/tls/tls.crt',
  key: './var/run/secrets/istiod/tls/tls.key',
  authorities: ['./var/run/secrets/istiod/ca/root-cert.pem', './var/run/secrets/istiod/tls/ca.crt'],
};

function certificateFiles(options: CertificateOptions): CertificateFiles | undefined {
  const { tlsCertFile, tlsKeyFile, caCertFile } = options;
  if (tlsCertFile !== undefined && tlsKeyFile !== undefined) {
    return { certificate: tlsCertFile, key: tlsKeyFile, authority: caCertFile };
  }
  const given = Object.entries({ tlsCertFile, tlsKeyFile, caCertFile }).find(
    ([, file]) => file !== undefined,
  );
  if (given !== undefined) {
    const missing = tlsCertFile === undefined ? '--tlsCertFile' : '--tlsKeyFile';
    throw new OutriggerError('OUTRIGGER_USAGE', `--${given[0]} needs ${missing} next to it`, {
      hint: 'Give both files, or neither for a certificate of our own.',
    });
  }
  const { certificate, key } = mounted;
  if (!existsSync(certificate) || !existsSync(key)) return undefined;
  return { certificate, key, authority: mounted.authorities.find((file) => existsSync(file)) };
}

function lifetimesOf(options: CertificateOptions): Lifetimes {
  const lifetimes = {
    authority: options.caLifetime ?? defaultLifetimes.authority,
    certificate: options.certLifetime ?? defaultLifetimes.certificate,
    overlap: options.caOverlap ?? defaultLifetimes.overlap,
  };
  checkLifetimes(lifetimes);
  return lifetimes;
}
