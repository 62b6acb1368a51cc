/**
 * The injection endpoint without its transport: what a request's path, content type and body are answered
 * with. Exports: {@link createEndpoint}, {@link Endpoint}, {@link EndpointRequest}, {@link EndpointReply}.
 */
import type { AnswerWatch } from '../inject/types.ts';
import type { AnswerCache } from './answers/answer-cache.ts';
import { AnswerNotes, isAscii, keepAnswer } from './answers/kept-answer.ts';
import { questionOf } from './answers/question.ts';
import { cutReview } from './answers/review-text.ts';
import { type AdmissionReview, parseReview } from './review/parse-review.ts';
import { writeAnswer } from './review/review-answer.ts';
import { ReviewError } from './review/review-error.ts';
import {
  type PodInjector,
  type Reviewed,
  refuseForDefect,
  refuseReview,
  reviewPod,
} from './review/review-pod.ts';
import {
  internalRecord,
  malformedRecord,
  notReadyRecord,
  type ReviewRecord,
  turnedAwayRecord,
} from './review/review-record.ts';
import { type TurnedAway, turnedAwayMessages } from './turned-away.ts';

/** A request as the transport read it. */
export interface EndpointRequest {
  /** Percent-decoded, without the query. */
  readonly path: string;
  /** The header, exactly as it came. */
  readonly contentType: string | undefined;
  /** The body, or why it could not be read. */
  readonly body: string | ReviewError;
  /** How long the sender waits for the answer, in milliseconds; undefined when it does not say. */
  readonly deadline: number | undefined;
  /** Why the transport wants nothing done about the request; undefined when it has no objection. */
  readonly turnedAway?: TurnedAway | undefined;
}

/** The answer for the transport to send, and what to tell log and metrics. */
export interface EndpointReply {
  readonly status: number;
  readonly type: 'json' | 'text';
  readonly text: string;
  readonly record: ReviewRecord;
  /** The text is JSON, of nothing but ASCII. Only told of answers that are given again. */
  readonly ascii?: boolean;
  /** The sender may try again, on another connection: it may come to another replica. */
  readonly tryAgain?: true;
}

/** Answers requests. Never throws. */
export type Endpoint = (request: EndpointRequest) => EndpointReply;

/**
 * Makes an endpoint.
 *
 * @param current gives the injector in force; asked once per request, so that a reload can swap it any time.
 *   While it gives none, reviews are answered with HTTP 503, so that the webhook's failurePolicy applies
 * @param answers where answers are kept to be given again; undefined to work out every one
 */
export function createEndpoint(
  current: () => PodInjector | undefined,
  answers?: AnswerCache,
): Endpoint {
  return (request) => {
    try {
      return answer(request, current, answers);
    } catch (error) {
      return error instanceof ReviewError ? malformedReply(error) : internalReply(error);
    }
  };
}

/** The checks in the order of `pkg/kube/inject/webhook.go` (serveInject). */
function answer(
  request: EndpointRequest,
  current: () => PodInjector | undefined,
  answers: AnswerCache | undefined,
): EndpointReply {
  const { body, path, turnedAway } = request;
  if (turnedAway !== undefined) return turnedAwayReply(turnedAway);
  if (typeof body !== 'string') throw body;
  if (body === '') throw new ReviewError('no-body', 'no body found');
  // Exactly this text: parameters are refused too.
  if (request.contentType !== 'application/json') {
    throw new ReviewError('content-type', 'invalid Content-Type, want `application/json`');
  }
  const injector = current();
  if (answers !== undefined && injector !== undefined) {
    const again = answerAgain(answers, injector, body, path);
    if (again !== undefined) return again;
  }
  const review = parseReview(body);
  if (injector === undefined) return notReadyReply(review);
  const reviewed = safely(review, path, injector);
  return successReply(writeAnswer(reviewed.answer), reviewed.record);
}

/** Answers with what is kept, or keeps what it answers; undefined for a text that it cannot make sense of. */
function answerAgain(
  answers: AnswerCache,
  injector: PodInjector,
  body: string,
  path: string,
): EndpointReply | undefined {
  const cut = cutReview(body, path);
  if (cut === undefined) return undefined;
  const { review, pod } = cut;
  const question = questionOf(cut.question);
  const known = answers.find(injector, question);
  if (known !== undefined) {
    const reply = successReply(known.textFor(review, pod), known.recordFor(review));
    return { ...reply, ascii: known.ascii && isAscii(review.uid) };
  }
  const object = pod.parse();
  if (object === undefined) return undefined;
  const notes = answers.isWorthKeeping(question) ? new AnswerNotes() : undefined;
  const reviewed = safely({ ...review, object }, path, injector, notes);
  const kept = notes && keepAnswer(reviewed, object, pod, notes);
  if (kept !== undefined) answers.keep(injector, question, kept);
  const text = kept === undefined ? writeAnswer(reviewed.answer) : kept.textFor(review, pod);
  return successReply(text, reviewed.record);
}

function successReply(text: string, record: ReviewRecord): EndpointReply {
  return { status: 200, type: 'json', text, record };
}

/** A review that was read gets an answer with its uid, even when there is no pod in it or the engine breaks. */
function safely(
  review: AdmissionReview,
  path: string,
  injector: PodInjector,
  watch?: AnswerWatch,
): Reviewed {
  try {
    return reviewPod(injector, review, path, watch);
  } catch (error) {
    return error instanceof ReviewError
      ? refuseReview(review, error)
      : refuseForDefect(review, error);
  }
}

function notReadyReply(review: AdmissionReview): EndpointReply {
  const message = 'there is no configuration to inject by yet';
  return {
    status: 503,
    type: 'text',
    text: `${message}\n`,
    record: notReadyRecord(503, message, review),
    tryAgain: true,
  };
}

/** Before the body is looked at: that would cost most of what is to be saved. */
function turnedAwayReply(why: TurnedAway): EndpointReply {
  const message = turnedAwayMessages[why];
  const record = turnedAwayRecord(why, 503, message);
  return { status: 503, type: 'text', text: `${message}\n`, record, tryAgain: true };
}

function malformedReply(error: ReviewError): EndpointReply {
  const record = malformedRecord(error.reason, error.status, error.message);
  if (error.answer === 'http') {
    return { status: error.status, type: 'text', text: `${error.message}\n`, record };
  }
  return { status: error.status, type: 'json', text: anonymousRefusal(error.message), record };
}

/** Reached when the answer itself cannot be written, which only a defect can bring about. */
function internalReply(cause: unknown): EndpointReply {
  const detail = cause instanceof Error ? cause.message : 'unknown error';
  const message = `internal error while answering the review: ${detail}`;
  return {
    status: 200,
    type: 'json',
    text: anonymousRefusal(message),
    record: internalRecord(200, message, cause),
  };
}

function anonymousRefusal(message: string): string {
  return writeAnswer({ apiVersion: undefined, uid: '', allowed: false, message });
}
