/** The injection engine: public door. Pure; the webhook and the command line are its two callers. */
export type { InjectionConfiguration } from './config/injection-configuration.ts';
export type { InjectorMode } from './inject-pod.ts';
export { createInjector, type Injector } from './injector.ts';
export type {
  Decision,
  InjectFailure,
  InjectRequest,
  InjectResult,
  NamespaceMeta,
  Notice,
  OwnerMeta,
  PatchOperation,
} from './types.ts';
export { injectObject, type ObjectResult, type PassedOver } from './workload/inject-object.ts';
export type { WorkloadOutcome, WorkloadResult } from './workload/inject-workload.ts';
export { builtInKinds, extendKinds, type WorkloadKinds } from './workload/workload-kinds.ts';
