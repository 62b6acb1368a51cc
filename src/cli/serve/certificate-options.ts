/** The flags of `serve` that are about certificates; times are in milliseconds. */
export interface CertificateOptions {
  readonly tlsCertFile?: string;
  readonly tlsKeyFile?: string;
  readonly caCertFile?: string;
  readonly clientCAFile?: string;
  readonly tlsNames: readonly string[];
  /** Service that the API server calls: its name, or `name.namespace`. */
  readonly service?: string;
  /** Whether to keep `caBundle` right; yes when absent. */
  readonly manageWebhook?: boolean;
  readonly caSecret?: string;
  readonly caLifetime?: number;
  readonly certLifetime?: number;
  readonly caOverlap?: number;
}
