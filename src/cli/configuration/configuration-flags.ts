import type { ValueFlags } from '../../settings/value-flags.ts';

/** The flags that say where the configuration comes from; the same for every command that injects. */
export interface ConfigurationFlags extends ValueFlags {
  /** An injector configuration, a single template, or a ConfigMap manifest that holds one. */
  readonly injectConfigFile?: string | undefined;
  /** A mesh configuration, or a ConfigMap manifest that holds one. */
  readonly meshConfigFile?: string | undefined;
  readonly revision?: string | undefined;
  /** Text of pods may become structure of what templates render to. */
  readonly trustAnnotations?: boolean | undefined;
}
