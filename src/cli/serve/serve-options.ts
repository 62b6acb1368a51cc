import type { LogFormat, LogLevel } from '../../log/logger.ts';
import type { ValueFlags } from '../../settings/value-flags.ts';
import type { CertificateOptions } from './certificate-options.ts';

/** The flags of `serve`, as the command line parser hands them over. */
export interface ServeOptions extends CertificateOptions, ValueFlags {
  readonly injectConfigFile?: string;
  readonly meshConfigFile?: string;
  readonly revision?: string;
  /** Text of pods may become structure of what templates render to. */
  readonly trustAnnotations?: boolean;
  /** Leave the hash of the configuration on every pod. */
  readonly stampConfiguration?: boolean;
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
  /** For metrics and health over plain HTTP; 0 for none. */
  readonly metricsPort?: number;
  /** MiB for answers that replicas of one workload share; 0 for none. */
  readonly answerCache?: number;
  /** Whether to write Events; true when absent. */
  readonly events?: boolean;
  /** Milliseconds between being told to stop and accepting no more connections. */
  readonly shutdownDelay?: number;
  /** Milliseconds that requests under way get after that. */
  readonly grace?: number;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
}
