import type { JsonObject } from '../json.ts';
import type { PatchOperation } from '../merge/index.ts';

export type { PatchOperation };

/**
 * Why a pod is injected or not, as data. The log line, the metrics, admission warnings, audit annotations,
 * events and `explain` all speak from this one object.
 */
export interface Decision {
  readonly inject: boolean;
  /** Code of the step that decided. */
  readonly reason: ReasonCode;
  /** Every rule in the order it was looked at, up to and including the one that decided. */
  readonly steps: readonly DecisionStep[];
}

/** One rule that was looked at. */
export interface DecisionStep {
  readonly rule: DecisionRule;
  readonly outcome: 'inject' | 'skip' | 'no opinion';
  /** Present when the rule had an outcome or something worth telling. */
  readonly reason?: ReasonCode;
  /** What the rule saw: the field it read and the text it found (undefined: absent). */
  readonly saw: { readonly field: string; readonly value: string | undefined };
}

/** The rules of the decision, in the order of pkg/kube/inject/inject.go (injectRequired). */
export type DecisionRule =
  | 'host network'
  | 'ignored namespace'
  | 'namespace and revision'
  | 'inject label'
  | 'inject annotation'
  | 'never-inject selector'
  | 'always-inject selector'
  | 'policy';

/** Stable reason codes: metric labels, JSON output and scripts rely on them. */
export type ReasonCode =
  | 'host-network'
  | 'ignored-namespace'
  | 'namespace-not-labelled'
  | 'namespace-disabled'
  | 'other-revision'
  | 'namespace-enabled'
  | 'revision-matches'
  | 'label-true'
  | 'label-false'
  | 'label-unset'
  | 'label-invalid'
  | 'annotation-true'
  | 'annotation-false'
  | 'annotation-unset'
  | 'annotation-invalid'
  | 'annotation-hidden-by-label'
  | 'never-inject-selector'
  | 'always-inject-selector'
  | 'selector-no-match'
  | 'selector-invalid'
  | 'policy-enabled'
  | 'policy-disabled'
  | 'policy-invalid'
  /** The whole injector is turned off. */
  | 'injection-off';

/** Something the engine noticed that its user should know; never fatal. */
export interface Notice {
  /** Stable kebab-case code. */
  readonly code: string;
  readonly message: string;
  /** What it is about: members and list places on the way there, in the object that was handed in. */
  readonly path?: readonly (string | number)[];
}

/** A label selector as Kubernetes defines it. */
export interface LabelSelector {
  readonly matchLabels?: { readonly [key: string]: string };
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

/** What the injector is asked about: a pod and what the request says around it. */
export interface InjectRequest {
  /** The pod exactly as it came in; never changed. */
  readonly pod: JsonObject;
  /** Namespace of the request, used when the pod names none. */
  readonly namespace: string;
  /** Environment from the URL path (`pkg/kube/inject/webhook.go`, parseInjectEnvs). */
  readonly env?: ReadonlyMap<string, string>;
  /** Offline: the owner is known from the manifest, not guessed from the pod (injection.md 10.3). */
  readonly owner?: OwnerMeta;
  /** Labels and annotations of the pod's namespace, when they are known. */
  readonly namespaceMeta?: NamespaceMeta;
  /**
   * What `decideByNamespace` made of labels and revisions, when they are known: a skip is final, anything else
   * leaves the decision to the other rules.
   */
  readonly namespaceStep?: DecisionStep & { readonly reason: ReasonCode };
  /** Is told what the answer depends on, for whoever wants to give it again. */
  readonly watch?: AnswerWatch;
}

/** Is told what an answer depends on apart from request and configuration. */
export interface AnswerWatch {
  /** The answer is another one as soon as `unchanged` is false. */
  dependsOn(unchanged: () => boolean): void;
  /**
   * The name of the service account's token volume may have had a part in the answer, other than that the patch
   * repeats it.
   */
  tokenVolumeMattered(): void;
}

/** What the engine may be told about a namespace; it never fetches one itself. */
export interface NamespaceMeta {
  readonly labels?: { readonly [key: string]: string };
  readonly annotations?: { readonly [key: string]: string };
}

/** Who made the pod: `.TypeMeta` and `.DeploymentMeta` of the templates. */
export interface OwnerMeta {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

/** What came of it. `patch` applies to exactly the pod that came in. */
export type InjectResult =
  | {
      readonly outcome: 'injected';
      readonly decision: Decision;
      readonly patch: readonly PatchOperation[];
      readonly templates: readonly string[];
      readonly notices: readonly Notice[];
    }
  | {
      readonly outcome: 'skipped';
      readonly decision: Decision;
      readonly notices: readonly Notice[];
    }
  | { readonly outcome: 'failed'; readonly decision: Decision; readonly error: InjectFailure };

/** A refusal, with the prefix that upstream gives the stage it happened in (injection.md 8.4). */
export interface InjectFailure {
  readonly stage: 'decode' | 'template' | 'reapply' | 'process' | 'patch';
  /** Full message as an AdmissionResponse carries it. */
  readonly message: string;
  /** Annotation, template or field that is to blame, when known. */
  readonly subject?: string;
}
