import type { Endpoint } from './endpoint.ts';
import type { ReviewRecord } from './review/review-record.ts';

/** How long a request took, both in milliseconds. */
export interface ReviewTiming {
  /** From the complete body to the complete answer. */
  readonly took: number;
  /** How long the sender said it would wait. */
  readonly deadline: number | undefined;
}

/** Something that is told about every answered request: the log, metrics, events. */
export interface ReviewRecorder {
  record(record: ReviewRecord, timing: ReviewTiming): void;
}

/** A recorder that does nothing. */
export const noRecorder: ReviewRecorder = { record() {} };

/** A recorder that tells several. */
export function recordToAll(recorders: readonly ReviewRecorder[]): ReviewRecorder {
  return {
    record(record, timing) {
      for (const recorder of recorders) recorder.record(record, timing);
    },
  };
}

/**
 * An endpoint that tells a recorder about every request. A recorder that throws costs no pod its sidecar: the
 * answer goes out all the same, and the process gets a warning.
 */
export function recorded(endpoint: Endpoint, recorder: ReviewRecorder): Endpoint {
  return (request) => {
    const start = performance.now();
    const reply = endpoint(request);
    try {
      const took = performance.now() - start;
      recorder.record(reply.record, { took, deadline: request.deadline });
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : new Error(String(error)));
    }
    return reply;
  };
}
