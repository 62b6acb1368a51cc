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

/** The failure that the injector's caller sees, whatever was thrown in that stage. */
export function failureOf(stage: InjectFailure['stage'], thrown: unknown): InjectFailure {
  const message = prefixes[stage] + (thrown instanceof Error ? thrown.message : String(thrown));
  const subject = thrown instanceof Refusal ? thrown.subject : undefined;
  return subject === undefined ? { stage, message } : { stage, message, subject };
}
