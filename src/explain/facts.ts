/**
 * What an explanation goes by. Whoever asks gathers it; nothing here is ever fetched.
 * Exports: {@link ClusterFacts}, {@link InjectorFacts}, {@link ServiceFacts}, {@link NamespaceFacts},
 * {@link SubjectFacts}.
 */
import type { InjectionConfiguration, Injector } from '../inject/index.ts';
import type { TemplatePlace } from '../inject/workload/workload-kinds.ts';
import type { JsonObject } from '../json.ts';
import type { ObjectName } from './explanation.ts';
import type { WebhookEntry } from './webhooks/webhook-entry.ts';

/** The injector behind a webhook. */
export interface InjectorFacts {
  readonly injector: Injector;
  readonly configuration: Pick<InjectionConfiguration, 'config' | 'decision'>;
  /** Where policy, selectors and templates stand. */
  readonly source: ObjectName;
}

/** What was found out about a Service; what could not be is undefined. */
export interface ServiceFacts {
  readonly exists: boolean;
  readonly ports?: readonly number[] | undefined;
  readonly readyEndpoints?: number | undefined;
  /** Why the certificate that is served there does not pass; undefined when it does, or was not seen. */
  readonly distrust?: string | undefined;
}

/** What is known about a cluster. */
export interface ClusterFacts {
  /** Every entry of every MutatingWebhookConfiguration, in the order in which they are called. */
  readonly webhooks: readonly WebhookEntry[];
  /** The webhooks were not seen; they are those of a default installation. */
  readonly webhooksAssumed: boolean;
  /** By `namespace/name`. */
  readonly services: ReadonlyMap<string, ServiceFacts>;
  /** The injector of a revision. */
  injectorOf(revision: string): InjectorFacts;
  readonly now: Date;
  /** What could not be found out, for people. */
  readonly assumptions: readonly string[];
}

/** A namespace. */
export interface NamespaceFacts {
  readonly name: string;
  /** Undefined when nothing is known about it. */
  readonly object: JsonObject | undefined;
}

/** What is asked about. */
export interface SubjectFacts {
  /** A pod, or an object with a pod template in it. */
  readonly object: JsonObject;
  readonly place: TemplatePlace;
  readonly namespace: NamespaceFacts;
  /** The workload that made the pod, when it was read. */
  readonly owner?: JsonObject | undefined;
  readonly source?: string | undefined;
}
