import type { InjectFailure } from './types.ts';

/** What upstream writes in front of the reason, by the stage that refused (`pkg/kube/inject/webhook.go`, injectPod). */
const prefixes: { readonly [stage in InjectFailure['stage']]: string } = {
  decode: '',
  template: 'failed to run injection template: ',
  reapply: 'failed to re apply container: ',
  process: 'failed to process pod: ',
  patch: 'failed to create patch: ',
};

/** A reason not to inject a pod that was meant to be; carries what {@link InjectFailure} needs. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** Annotation, template or field that is to blame. */
  readonly subject: string | undefined;
  constructor(message: string, subject?: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.subject = subject;
  }
}

/** A refusal whose stage is settled. */
class StageRefusal extends Error {
  override readonly name = 'StageRefusal';
  readonly failure: InjectFailure;
  constructor(failure: InjectFailure, cause: unknown) {
    super(failure.message, { cause });
    this.failure = failure;
  }
}

/** Does a part of the work; whatever it throws is that stage's refusal. */
export function inStage<Result>(stage: InjectFailure['stage'], work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    throw cause instanceof StageRefusal ? cause : new StageRefusal(failureOf(stage, cause), cause);
  }
}

/** The failure that the injector's caller sees; `stage` counts unless the thrown thing knows its own. */
export function failureOf(stage: InjectFailure['stage'], thrown: unknown): InjectFailure {
  if (thrown instanceof StageRefusal) return thrown.failure;
  const message = prefixes[stage] + (thrown instanceof Error ? thrown.message : String(thrown));
  const subject = thrown instanceof Refusal ? thrown.subject : undefined;
  return subject === undefined ? { stage, message } : { stage, message, subject };
}
