import { controllerReference } from '../../inject/controller-reference.ts';
import { parseInjectPath } from '../../inject/data/inject-path.ts';
import { ownerOf } from '../../inject/data/owner.ts';
import { podNamespace } from '../../inject/pod-metadata.ts';
import type { AnswerWatch, InjectRequest, InjectResult } from '../../inject/types.ts';
import { isJsonObject, type JsonObject } from '../../json.ts';
import { toAdmissionWarnings } from './admission-warnings.ts';
import { auditAnnotations } from './audit-annotations.ts';
import { type AdmissionReview, podOf } from './parse-review.ts';
import type { ReviewAnswer } from './review-answer.ts';
import type { ReviewError } from './review-error.ts';
import type { ReviewRecord } from './review-record.ts';

/** The engine, as far as a review needs it. */
export interface PodInjector {
  inject(request: InjectRequest): InjectResult;
}

/** What a review comes to: the answer for the API server, the record for log and metrics. */
export interface Reviewed {
  readonly answer: ReviewAnswer;
  readonly record: ReviewRecord;
}

/**
 * Reviews a pod: asks the injector, and turns what it says into an answer. Pure.
 *
 * @param path percent-decoded path of the request, which may carry environment (`/inject/net/n1`)
 * @param watch is told what the answer depends on
 * @throws ReviewError when there is no pod in the review
 */
export function reviewPod(
  injector: PodInjector,
  review: AdmissionReview,
  path: string,
  watch?: AnswerWatch,
): Reviewed {
  const pod = podOf(review);
  const result = injector.inject({
    pod,
    namespace: review.namespace,
    env: parseInjectPath(path),
    ...(watch !== undefined && { watch }),
  });
  return reviewed(review, pod, result);
}

/** The refusal of a review that has a request but no pod. */
export function refuseReview(review: AdmissionReview, error: ReviewError): Reviewed {
  return {
    answer: refusal(review, error.message),
    record: {
      ...recordOf(review, {}),
      workload: '',
      outcome: 'malformed',
      reason: error.reason,
      status: error.status,
      message: error.message,
    },
  };
}

/** The refusal of a pod over which the engine itself failed, which is a defect. */
export function refuseForDefect(review: AdmissionReview, cause: unknown): Reviewed {
  const detail = cause instanceof Error ? cause.message : 'unknown error';
  const message = `internal error while injecting the pod: ${detail}`;
  const pod = isJsonObject(review.object) ? review.object : {};
  return {
    answer: refusal(review, message),
    record: { ...recordOf(review, pod), outcome: 'failed', reason: 'internal', message, cause },
  };
}

function reviewed(review: AdmissionReview, pod: JsonObject, result: InjectResult): Reviewed {
  const { decision } = result;
  const record = { ...recordOf(review, pod), decision };
  if (result.outcome === 'failed') {
    const { stage, message, subject } = result.error;
    return {
      answer: { ...refusal(review, message), auditAnnotations: auditAnnotations(decision, []) },
      record: {
        ...record,
        outcome: 'failed',
        reason: stage,
        message,
        ...(subject === undefined ? {} : { subject }),
      },
    };
  }
  const answer: ReviewAnswer = {
    apiVersion: review.apiVersion,
    uid: review.uid,
    allowed: true,
    auditAnnotations: auditAnnotations(decision, result.notices),
    warnings: toAdmissionWarnings(result.notices),
  };
  const { notices } = result;
  if (result.outcome === 'skipped') {
    return { answer, record: { ...record, outcome: 'skipped', reason: decision.reason, notices } };
  }
  const { patch, templates } = result;
  return {
    answer: { ...answer, patch },
    record: {
      ...record,
      outcome: 'injected',
      reason: decision.reason,
      notices,
      templates,
      operations: patch.length,
    },
  };
}

function refusal(review: AdmissionReview, message: string): ReviewAnswer {
  return { apiVersion: review.apiVersion, uid: review.uid, allowed: false, message };
}

function recordOf(review: AdmissionReview, pod: JsonObject) {
  const namespace = podNamespace(pod, review.namespace);
  const owner = ownerOf(pod, namespace);
  return {
    status: 200,
    uid: review.uid,
    namespace,
    pod: podLabel(pod, review.name),
    workload: owner.name === '' ? owner.kind : `${owner.kind}/${owner.name}`,
    controller: controllerReference(pod),
    dryRun: review.dryRun,
    templates: [],
    operations: 0,
    notices: [],
  };
}

/** What logs call a pod; one that is yet to be named goes by its generateName (`pkg/kube/inject/webhook.go`). */
function podLabel(pod: JsonObject, requestName: string): string {
  const metadata = pod['metadata'];
  if (!isJsonObject(metadata)) return requestName;
  const { name, generateName } = metadata;
  if (typeof name === 'string' && name !== '') return name;
  if (requestName !== '') return requestName;
  return typeof generateName === 'string' && generateName !== '' ? `${generateName}*****` : '';
}
