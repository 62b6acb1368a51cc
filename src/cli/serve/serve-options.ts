import type { LogFormat, LogLevel } from '../../log/logger.ts';

/** The flags of `serve`, as the command line parser hands them over. */
export interface ServeOptions {
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
  readonly tlsCertFile?: string;
  readonly tlsKeyFile?: string;
  readonly tlsNames: readonly string[];
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
}
