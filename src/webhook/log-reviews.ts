import type { Logger } from 'pino';
import { describeReason } from '../inject/decide/describe-reason.ts';
import type { ReviewRecord } from './review/review-record.ts';
import type { ReviewRecorder, ReviewTiming } from './review-recorder.ts';

/** Error texts may quote annotations at length. */
const longestError = 1000;

/**
 * A recorder that writes one line for each request: at `info` what was injected or skipped, at `warn` what was
 * refused or malformed and what came too late, at `error` a defect with its stack. At `debug` a line for each
 * rule that the decision looked at comes along. Lines name the pod; they never show any of it.
 */
export function logReviews(logger: Logger): ReviewRecorder {
  return {
    record(record, timing) {
      const level = levelOf(record, timing);
      if (!logger.isLevelEnabled(level)) return;
      logger[level](fieldsOf(record, timing), sentenceFor(record));
      if (record.decision === undefined || !logger.isLevelEnabled('debug')) return;
      for (const step of record.decision.steps) {
        logger.debug(
          { uid: record.uid, rule: step.rule, outcome: step.outcome },
          describeReason(step),
        );
      }
    },
  };
}

const sentences: { readonly [outcome in ReviewRecord['outcome']]: string } = {
  injected: 'pod injected',
  skipped: 'pod skipped',
  failed: 'pod refused',
  malformed: 'request refused',
};

/** With 503 nothing was decided: the API server tries again for as long as it can. */
function sentenceFor({ outcome, status }: ReviewRecord): string {
  return status === 503 ? 'request not answered, to be tried again' : sentences[outcome];
}

function levelOf(record: ReviewRecord, timing: ReviewTiming): 'info' | 'warn' | 'error' {
  if (record.reason === 'internal') return 'error';
  const calm = record.outcome === 'injected' || record.outcome === 'skipped';
  return calm && !isLate(timing) ? 'info' : 'warn';
}

function isLate({ took, deadline }: ReviewTiming): boolean {
  return deadline !== undefined && took > deadline;
}

function fieldsOf(record: ReviewRecord, timing: ReviewTiming): { [field: string]: unknown } {
  const fields: { [field: string]: unknown } = {
    outcome: record.outcome,
    reason: record.reason,
  };
  // A malformed request names nothing.
  if (record.workload !== '') {
    fields['workload'] = record.workload;
    fields['namespace'] = record.namespace;
    fields['pod'] = record.pod;
  }
  const decisive = record.decision?.steps.at(-1);
  if (record.outcome === 'skipped' && decisive !== undefined) {
    fields['decidedBy'] = decisive.saw.field;
  }
  if (record.uid !== '') fields['uid'] = record.uid;
  if (record.dryRun) fields['dryRun'] = true;
  if (record.templates.length > 0) fields['templates'] = record.templates;
  if (record.outcome === 'injected') fields['operations'] = record.operations;
  if (record.notices.length > 0) fields['notices'] = record.notices.map(({ code }) => code);
  if (record.subject !== undefined) fields['subject'] = record.subject;
  if (record.message !== undefined) fields['error'] = record.message.slice(0, longestError);
  if (record.cause instanceof Error) fields['stack'] = record.cause.stack;
  fields['milliseconds'] = Math.round(timing.took * 1000) / 1000;
  if (isLate(timing)) fields['deadline'] = timing.deadline;
  return fields;
}
