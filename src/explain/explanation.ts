/**
 * The answer to "why was this pod (not) injected?", as data. This is what `outrigger explain -o json` prints, so
 * members may be added but not renamed or removed.
 * Exports: {@link Explanation}, {@link ChainStep}, {@link Mistake}, {@link Remedy}, {@link ObjectName} and their parts.
 */
import type { ReasonCode } from '../inject/types.ts';

/** What becomes of a pod. `refused`: its creation fails. */
export type Outcome = 'injected' | 'not-injected' | 'refused';

/** The engine's codes, and those of what is around it. Stable. */
export type ExplainReason =
  | ReasonCode
  /** No webhook in the cluster adds the sidecar. */
  | 'no-webhook'
  /** There are some, but none has selectors that match. */
  | 'no-webhook-matches'
  /** Namespace or pod ask for a revision that no webhook serves. */
  | 'revision-not-served'
  /** The selectors of a webhook match, for reasons of their own. */
  | 'webhook-matches'
  /** Nothing is known about the namespace. */
  | 'namespace-unknown'
  /** The injector cannot make sense of the pod, and refuses it. */
  | 'refused';

/** An object of the cluster. */
export interface ObjectName {
  readonly kind: string;
  /** Absent for kinds without namespaces. */
  readonly namespace?: string;
  /** For a pod without a name yet, what it is made up from. */
  readonly name: string;
}

/** Something to do, so that the outcome is another one. */
export interface Remedy {
  readonly text: string;
  /** A line for a shell. */
  readonly command?: string;
  /** What to write into the manifest: where, and the line. */
  readonly yaml?: { readonly path: string; readonly line: string };
}

/** One thing that was looked at. */
export interface ChainStep {
  /** Stable: `webhook`, the rules of the decision, `injection`, `sidecar`. */
  readonly check: string;
  /** `skip` keeps the sidecar out; `inject` brings it, unless a later step says otherwise. */
  readonly outcome: 'inject' | 'skip' | 'no opinion';
  /** Null for a rule that found nothing to object to. */
  readonly reason: ExplainReason | null;
  readonly message: string;
  /** Where the reason was found. */
  readonly object: ObjectName;
  /** Way to the field in it. */
  readonly field: string;
  /** What stood there; null for nothing. */
  readonly value: string | null;
  /** File and line, where it stands in a manifest. */
  readonly source?: string;
  readonly remedies: readonly Remedy[];
}

/** Something that its author would probably like to know. */
export interface Mistake {
  /** Stable, in kebab-case; the same code as in admission warnings, where they tell it, too. */
  readonly code: string;
  readonly message: string;
  readonly object: ObjectName;
  readonly field?: string;
  /** File and line, where it stands in a manifest. */
  readonly source?: string;
  readonly remedies: readonly Remedy[];
}

/** A container of the pod as it is or would be, in the order in which Kubernetes starts them. */
export interface StartedContainer {
  readonly name: string;
  readonly kind: 'init' | 'sidecar' | 'container';
}

/** What became of one of many pods. */
export interface PodOutcome {
  readonly name: string;
  readonly outcome: Outcome;
  /** What would become of it if it were made now. */
  readonly now: Outcome;
  readonly reason: ExplainReason;
}

/** What labels on a pod lead to in a namespace. */
export interface LabelOutcome {
  /** As kubectl writes them, such as `istio.io/rev=canary`; empty for none. */
  readonly labels: string;
  readonly outcome: Outcome;
  readonly reason: ExplainReason;
  /** The revision that injects. */
  readonly revision?: string;
}

/** The whole answer about one object. */
export interface Explanation {
  readonly object: ObjectName;
  /** File and line of a manifest; absent for what was read from a cluster. */
  readonly source?: string;
  /** Whether this is a pod that exists: then `outcome` is what became of it. Else it is what would. */
  readonly exists: boolean;
  readonly outcome: Outcome;
  /** What would become of it if it were made now. */
  readonly now: Outcome;
  /** Code of the step that decides now. */
  readonly reason: ExplainReason;
  /** One sentence. */
  readonly summary: string;
  /** What the answer takes for granted, because it could not be found out. */
  readonly assumptions: readonly string[];
  readonly chain: readonly ChainStep[];
  readonly mistakes: readonly Mistake[];
  /** The revision that injected it, or would. */
  readonly revision?: string;
  /** Templates that are applied now. */
  readonly templates?: readonly string[];
  readonly containers?: readonly StartedContainer[];
  /** Of a workload or a namespace: its pods. */
  readonly pods?: readonly PodOutcome[];
  /** Of a namespace: what becomes of pods by their labels. */
  readonly byLabels?: readonly LabelOutcome[];
}
