/** What hints look at. Exports: {@link Hint}, {@link HintSubject}, {@link InjectionFacts}. */
import type { JsonObject } from '../../json.ts';
import type { TypedValues } from '../../mesh/index.ts';
import type { Decision, Notice, OwnerMeta } from '../types.ts';

/** What is known of an injection beyond the pod. */
export interface InjectionFacts {
  readonly owner: OwnerMeta;
  /** Whether this pod's proxy runs as a native sidecar, its annotation considered. */
  readonly nativeSidecar: boolean;
  readonly values: Pick<TypedValues, 'holdApplicationUntilProxyStarts'>;
}

/** The pod and what became of it. */
export interface HintSubject {
  readonly pod: {
    readonly labels: JsonObject;
    readonly annotations: JsonObject;
    readonly spec: JsonObject;
  };
  readonly decision: Decision;
  /** Absent for a pod that is not injected. */
  readonly facts: InjectionFacts | undefined;
}

/** Finds likely mistakes of one kind; cheap for pods without any. */
export type Hint = (subject: HintSubject) => readonly Notice[];

/** What a hint without findings gives. */
export const nothing: readonly Notice[] = [];
