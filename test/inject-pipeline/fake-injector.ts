import { decide, offlinePolicy } from '../../src/inject/decide/decide.ts';
import type { Injector } from '../../src/inject/injector.ts';
import type { InjectRequest, InjectResult, PatchOperation } from '../../src/inject/types.ts';

/** An injector that decides for real but answers with a patch made up by the test. */
export function fakeInjector(
  patch: readonly PatchOperation[] = [],
): Injector & { readonly asked: InjectRequest[] } {
  const asked: InjectRequest[] = [];
  const judge = ({ pod, namespace }: InjectRequest) => decide(pod, namespace, offlinePolicy);
  return {
    asked,
    decide: judge,
    inject(request): InjectResult {
      asked.push(request);
      const decision = judge(request);
      if (!decision.inject) return { outcome: 'skipped', decision, notices: [] };
      return { outcome: 'injected', decision, patch, templates: [], notices: [] };
    },
  };
}
