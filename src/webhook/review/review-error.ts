import { OutriggerError } from '../../errors.ts';

/**
 * Why a request to the injection endpoint could not be treated as a review of a pod.
 * Stable: metric labels and log queries rely on them.
 */
export type MalformedReason =
  | 'body-unreadable'
  | 'body-too-large'
  | 'no-body'
  | 'content-type'
  | 'client-certificate'
  | 'not-json'
  | 'not-a-review'
  | 'no-request'
  | 'no-pod';

/**
 * How a malformed request is answered. `http` is a plain-text HTTP error; `anonymous review` is a refusal that
 * cannot say which review it answers; `review` is an ordinary refusal that carries the request's uid.
 */
export type MalformedAnswer = 'http' | 'anonymous review' | 'review';

/** A request that is not a review of a pod. The message is fit for the sender, and never quotes the body. */
export class ReviewError extends OutriggerError {
  override readonly name = 'ReviewError';
  readonly reason: MalformedReason;

  constructor(reason: MalformedReason, message: string, path?: string) {
    super('OUTRIGGER_REVIEW', message, path === undefined ? {} : { place: { path } });
    this.reason = reason;
  }

  /** HTTP status of the answer. */
  get status(): 200 | 400 | 403 | 415 {
    return replies[this.reason].status;
  }

  /** Form of the answer. */
  get answer(): MalformedAnswer {
    return replies[this.reason].answer;
  }
}

/** The form of each answer, as `pkg/kube/inject/webhook.go` (serveInject) gives it. */
const replies: {
  readonly [reason in MalformedReason]: {
    readonly status: 200 | 400 | 403 | 415;
    readonly answer: MalformedAnswer;
  };
} = {
  'body-unreadable': { status: 400, answer: 'http' },
  // Not 413: upstream gives every error in reading the body the same status.
  'body-too-large': { status: 400, answer: 'http' },
  'no-body': { status: 400, answer: 'http' },
  'content-type': { status: 415, answer: 'http' },
  'client-certificate': { status: 403, answer: 'http' },
  'not-json': { status: 200, answer: 'anonymous review' },
  'not-a-review': { status: 200, answer: 'anonymous review' },
  // Upstream crashes here and drops the connection.
  'no-request': { status: 400, answer: 'http' },
  'no-pod': { status: 200, answer: 'review' },
};
