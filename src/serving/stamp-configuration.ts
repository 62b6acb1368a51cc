import { annotations } from '../inject/annotations.ts';
import type { InjectionConfiguration } from '../inject/config/injection-configuration.ts';

/** Enough of the hash to tell configurations apart, and short enough to read. */
const digits = 16;

/**
 * A configuration that also leaves its hash on every pod, so that an audit can tell which pods were injected with
 * another one. Istio's injector leaves nothing of the kind: it is for those who ask for it.
 */
export function stampConfiguration(configuration: InjectionConfiguration): InjectionConfiguration {
  const { config, hash } = configuration;
  const injectedAnnotations = new Map(config.injectedAnnotations);
  injectedAnnotations.set(annotations.configuration, hash.slice(0, digits));
  return { ...configuration, config: { ...config, injectedAnnotations } };
}
