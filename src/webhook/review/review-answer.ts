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
  const patch = answer.patch === undefined ? undefined : JSON.stringify(answer.patch);
  return answerStart(answer) + writeVerdict(answer, patch) + answerEnd(answer);
}

/** The part of an answer that only goes by the question. */
export function answerStart({ apiVersion, uid }: Pick<ReviewAnswer, 'apiVersion' | 'uid'>): string {
  const start =
    apiVersion === undefined
      ? '{"response":{"uid":'
      : `{"kind":"AdmissionReview","apiVersion":"${apiVersion}","response":{"uid":`;
  return start + JSON.stringify(uid);
}

/** The part up to the patch. @param patch the patch as JSON text */
export function writeVerdict(
  { allowed, message }: Pick<ReviewAnswer, 'allowed' | 'message'>,
  patch: string | undefined,
): string {
  let text = allowed ? ',"allowed":true' : ',"allowed":false';
  if (message !== undefined) {
    text += `,"status":{"metadata":{},"message":${JSON.stringify(message)}}`;
  }
  if (patch !== undefined) {
    text += `,"patch":"${Buffer.from(patch, 'utf8').toString('base64')}","patchType":"JSONPatch"`;
  }
  return text;
}

/** What follows the patch. */
export function answerEnd({
  auditAnnotations,
  warnings,
}: Pick<ReviewAnswer, 'auditAnnotations' | 'warnings'>): string {
  let text = '';
  if (auditAnnotations !== undefined) {
    text += `,"auditAnnotations":${JSON.stringify(auditAnnotations)}`;
  }
  if (warnings !== undefined && warnings.length > 0) {
    text += `,"warnings":${JSON.stringify(warnings)}`;
  }
  return `${text}}}`;
}
