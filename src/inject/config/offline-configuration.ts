import { offlinePolicy } from '../decide/decide.ts';
import type { InjectionConfiguration } from './injection-configuration.ts';

/**
 * The configuration as Istio's own `kube-inject` uses it (`pkg/kube/inject/inject.go`, IntoResourceFile):
 * the policy is `enabled`, the default template is `sidecar`; selectors, aliases, `defaultTemplates` and
 * `injectedAnnotations` are left out of account, so is the platform, and the revision `default` has no name.
 * Leave this call out to inject offline what the cluster would inject.
 */
export function offlineConfiguration(
  configuration: InjectionConfiguration,
): InjectionConfiguration {
  const { config, revision } = configuration;
  return {
    ...configuration,
    config: {
      policy: offlinePolicy.policy,
      defaultTemplates: ['sidecar'],
      templates: config.templates,
      aliases: new Map(),
      neverInjectSelector: [],
      alwaysInjectSelector: [],
      injectedAnnotations: new Map(),
    },
    decision: offlinePolicy,
    proxyConfigResources: undefined,
    platform: '',
    revision: revision === 'default' ? '' : revision,
  };
}
