import { offlinePolicy } from '../decide/decide.ts';
import type { InjectionConfiguration } from './injection-configuration.ts';

/**
 * The configuration as `kube-inject` uses it: whoever hands a manifest over asks for injection, so policy and
 * selectors are left out of account (`pkg/kube/inject/inject.go`, IntoResourceFile), and so is the platform;
 * the revision `default` has no name. Default templates, aliases and injected annotations count, unlike
 * upstream: otherwise the two doors would make different pods of one configuration. Leave this call out to
 * decide as the cluster would.
 */
export function offlineConfiguration(
  configuration: InjectionConfiguration,
): InjectionConfiguration {
  const { config, revision } = configuration;
  return {
    ...configuration,
    config: {
      ...config,
      policy: offlinePolicy.policy,
      neverInjectSelector: [],
      alwaysInjectSelector: [],
    },
    decision: offlinePolicy,
    proxyConfigResources: undefined,
    platform: '',
    revision: revision === 'default' ? '' : revision,
  };
}
