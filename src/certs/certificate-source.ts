import type { CertificatePair } from './certificate-pair.ts';

/** When a certificate is valid. */
export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** What is known about the certificate in use, for metrics and diagnosis. */
export interface CertificateStatus {
  /** Undefined while there is none. */
  readonly serving: Validity | undefined;
  /** The authority behind it, where it is ours. */
  readonly authority: Validity | undefined;
}

/** Where the serving certificate comes from. It is replaced while the server runs. */
export interface CertificateSource {
  /** Why requests would fail for want of a certificate that clients trust; empty when they would not. */
  readiness(): readonly string[];
  status(): CertificateStatus;
  /** Ends everything that goes on in the background. */
  stop(): Promise<void>;
}

/** Called with every certificate that new connections shall be served with. */
export type UseCertificate = (pair: CertificatePair) => void;
