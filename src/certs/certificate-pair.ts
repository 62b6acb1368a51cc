/** A certificate, with its chain if it has one, and its private key; both PEM text. */
export interface CertificatePair {
  readonly certificate: string;
  /** Never to be logged. */
  readonly key: string;
}
