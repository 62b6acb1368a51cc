import type { LogFormat, LogLevel } from '../../log/logger.ts';
import type { CertificateOptions } from './certificate-options.ts';

/** The flags of `serve`, as the command line parser hands them over. */
export interface ServeOptions extends CertificateOptions {
  readonly injectConfigFile?: string;
  readonly meshConfigFile?: string;
  readonly valuesFile?: string;
  readonly revision?: string;
  readonly nativeSidecars?: 'true' | 'false' | 'auto';
  readonly kubeconfig?: string;
  readonly context?: string;
  /** Namespace of the control plane, where the ConfigMaps are. */
  readonly istioNamespace: string;
  readonly injectConfigMapName?: string;
  readonly meshConfigMapName?: string;
  /** File with Namespace objects. */
  readonly namespaces?: string;
  readonly host?: string;
  readonly port: number;
  /** Milliseconds between being told to stop and accepting no more connections. */
  readonly shutdownDelay?: number;
  /** Milliseconds that requests under way get after that. */
  readonly grace?: number;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
}
