import type { PatchOperation } from '../../inject/types.ts';
import type { ReviewVersion } from './parse-review.ts';

/** What an AdmissionReview is answered with. */
export interface ReviewAnswer {
  /** Version of the question; undefined when it could not be read. */
  readonly apiVersion: ReviewVersion | undefined;
  readonly uid: string;
  readonly allowed: boolean;
  /** Why the pod is refused. */
  readonly message?: string;
  readonly patch?: readonly PatchOperation[];
  /** Keys are the last part of a qualified name: the API server puts the webhook's name in front. */
  readonly auditAnnotations?: { readonly [key: string]: string };
  /** Fit for {@link toAdmissionWarnings}. */
  readonly warnings?: readonly string[];
}

/**
 * The answer as JSON text, members in the order that Go's `AdmissionResponse` gives them. It is put together
 * by hand because this is the hot path; every part is either a constant or written by `JSON.stringify`.
 */
export function writeAnswer(answer: ReviewAnswer): string {
  let text =
    answer.apiVersion === undefined
      ? '{"response":{"uid":'
      : `{"kind":"AdmissionReview","apiVersion":"${answer.apiVersion}","response":{"uid":`;
  text += JSON.stringify(answer.uid);
  text += answer.allowed ? ',"allowed":true' : ',"allowed":false';
  if (answer.message !== undefined) {
    text += `,"status":{"metadata":{},"message":${JSON.stringify(answer.message)}}`;
  }
  if (answer.patch !== undefined) {
    const patch = Buffer.from(JSON.stringify(answer.patch), 'utf8').toString('base64');
    text += `,"patch":"${patch}","patchType":"JSONPatch"`;
  }
  if (answer.auditAnnotations !== undefined) {
    text += `,"auditAnnotations":${JSON.stringify(answer.auditAnnotations)}`;
  }
  if (answer.warnings !== undefined && answer.warnings.length > 0) {
    text += `,"warnings":${JSON.stringify(answer.warnings)}`;
  }
  return `${text}}}`;
}
