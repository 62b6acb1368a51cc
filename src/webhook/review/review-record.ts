import type { ControllerReference } from '../../inject/controller-reference.ts';
import type { Decision, InjectFailure, Notice, ReasonCode } from '../../inject/types.ts';
import type { TurnedAway } from '../turned-away.ts';
import type { AdmissionReview } from './parse-review.ts';
import type { MalformedReason } from './review-error.ts';

/** What became of a request to the injection endpoint; every request has exactly one outcome. */
export type ReviewOutcome = 'injected' | 'skipped' | 'failed' | 'malformed';

/** Stable code behind the outcome: of the decision, of the stage that failed, or of what was malformed. */
export type ReviewReason =
  | ReasonCode
  | InjectFailure['stage']
  | MalformedReason
  | 'internal'
  | 'not-ready'
  | TurnedAway;

/**
 * What log and metrics get to know about an answered request. It names the pod and never holds any of its
 * content, apart from what the decision read and what an error message quotes.
 */
export interface ReviewRecord {
  readonly outcome: ReviewOutcome;
  readonly reason: ReviewReason;
  /** HTTP status of the answer. */
  readonly status: number;
  /** Empty where the request does not say, or could not be read. */
  readonly uid: string;
  readonly namespace: string;
  /** Name of the pod; its generateName and five asterisks when the name is not known yet. */
  readonly pod: string;
  /** What made the pod, such as `Deployment/web`. */
  readonly workload: string;
  /** What made the pod directly, such as the ReplicaSet below the Deployment; Events go there. */
  readonly controller?: ControllerReference | undefined;
  readonly dryRun: boolean;
  /** Names of the templates that were applied. */
  readonly templates: readonly string[];
  /** How many operations the patch has. */
  readonly operations: number;
  readonly notices: readonly Notice[];
  readonly decision?: Decision;
  /** Why the pod was refused, as the sender is told. */
  readonly message?: string;
  /** The annotation, template or field that is to blame. */
  readonly subject?: string;
  /** The unexpected error behind reason `internal`, for its stack. */
  readonly cause?: unknown;
}

/** The record of a request about which nothing is known but that it was malformed. */
export function malformedRecord(
  reason: MalformedReason,
  status: number,
  message: string,
): ReviewRecord {
  return { ...nothingKnown, outcome: 'malformed', reason, status, message };
}

/** The record of a request that hit a defect of ours before its review was read. */
export function internalRecord(status: number, message: string, cause: unknown): ReviewRecord {
  return { ...nothingKnown, outcome: 'failed', reason: 'internal', status, message, cause };
}

/** The record of a review that came before there was a configuration. */
export function notReadyRecord(
  status: number,
  message: string,
  { uid, namespace, name, dryRun }: AdmissionReview,
): ReviewRecord {
  const known = { ...nothingKnown, uid, namespace, pod: name, dryRun };
  return { ...known, outcome: 'failed', reason: 'not-ready', status, message };
}

/** The record of a request that was not even read. */
export function turnedAwayRecord(
  reason: TurnedAway,
  status: number,
  message: string,
): ReviewRecord {
  return { ...nothingKnown, outcome: 'failed', reason, status, message };
}

const nothingKnown = {
  uid: '',
  namespace: '',
  pod: '',
  workload: '',
  dryRun: false,
  templates: [],
  operations: 0,
  notices: [],
} as const;
