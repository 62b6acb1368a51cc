import type { Decision } from '../../inject/types.ts';
import type { PodInjector } from '../../webhook/review/review-pod.ts';
import type { ServingConfiguration } from './serving-configuration.ts';

const decision: Decision = {
  inject: false,
  reason: 'injection-off',
  steps: [
    {
      rule: 'policy',
      outcome: 'skip',
      reason: 'injection-off',
      saw: { field: 'INJECT_ENABLED', value: 'false' },
    },
  ],
};

const injector: PodInjector = {
  inject: () => ({ outcome: 'skipped', decision, notices: [] }),
};

/**
 * What a server goes by that is turned off: nothing is read, and every pod is let through. Upstream stops answering
 * instead, and the API server then refuses all pods that the webhook configuration, left behind, still matches.
 */
export function injectionOff(): ServingConfiguration {
  return {
    description: 'none: injection is turned off',
    nativeSidecars: 'off',
    current: () => injector,
    readiness: () => [],
    status: () => ({
      configuration: { inForce: undefined, lastReload: undefined, refusals: [] },
      followed: [],
    }),
    namespaces: () => undefined,
    stop: async () => {},
  };
}
