import { OutriggerError } from '../../errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';
import type { HttpAnswer } from './post-review.ts';

/** What a webhook said about a pod. */
export interface WebhookVerdict {
  readonly allowed: boolean;
  readonly message: string | undefined;
  /** Operations of RFC 6902, or undefined when the webhook changes nothing. */
  readonly patch: JsonValue[] | undefined;
  readonly warnings: readonly string[];
  readonly auditAnnotations: JsonObject;
  /** The whole AdmissionReview. */
  readonly review: JsonObject;
}

/** Reads the answer of a webhook. @throws OutriggerError `OUTRIGGER_SERVER` when it is not an AdmissionReview */
export function readAnswer(answer: HttpAnswer): WebhookVerdict {
  const review = parse(answer.body);
  if (answer.status !== 200 || !isJsonObject(review) || !isJsonObject(review['response'])) {
    throw notAReview(answer);
  }
  const { allowed, status, patch, warnings, auditAnnotations } = review['response'];
  const message = isJsonObject(status) ? status['message'] : undefined;
  const operations =
    typeof patch === 'string' ? parse(Buffer.from(patch, 'base64').toString('utf8')) : undefined;
  if (operations !== undefined && !Array.isArray(operations)) throw notAReview(answer);
  return {
    allowed: allowed === true,
    message: typeof message === 'string' ? message : undefined,
    patch: operations,
    warnings: Array.isArray(warnings) ? warnings.map(String) : [],
    auditAnnotations: isJsonObject(auditAnnotations) ? auditAnnotations : {},
    review,
  };
}

function parse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function notAReview({ status, body }: HttpAnswer): OutriggerError {
  const start = body.trim().slice(0, 200);
  return new OutriggerError(
    'OUTRIGGER_SERVER',
    `the answer is not an AdmissionReview: HTTP status ${status}, ${start === '' ? 'no body' : JSON.stringify(start)}`,
    { hint: 'Check that --url leads to the /inject path of an injection webhook.' },
  );
}
