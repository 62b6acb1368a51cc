/** The flags that say where the configuration comes from; the same for every command that injects. */
export interface ConfigurationFlags {
  /** An injector configuration, a single template, or a ConfigMap manifest that holds one. */
  readonly injectConfigFile?: string | undefined;
  /** A mesh configuration, or a ConfigMap manifest that holds one. */
  readonly meshConfigFile?: string | undefined;
  readonly valuesFile?: string | undefined;
  readonly revision?: string | undefined;
}
