import { OutriggerError } from '../errors.ts';
import type { Reading } from './source.ts';

/** What became of a reading. */
export type Offered = 'accepted' | 'refused' | 'unchanged';

/** How readings of one part become something to go by. */
export interface Making<Value, Result> {
  /** Two values with the same fingerprint are the same. */
  readonly fingerprint: (value: Value) => string;
  /** @throws OutriggerError when the value is wrong */
  readonly make: (value: Value) => Result;
}

/**
 * One part of the configuration: the last good one, and what is wrong with a later one. The same fault is
 * only a refusal the first time that it is offered.
 */
export class LastGood<Value, Result> {
  readonly #making: Making<Value, Result>;
  #good:
    | { readonly fingerprint: string; readonly value: Value; readonly result: Result }
    | undefined;
  #bad: { readonly fingerprint: string; readonly error: OutriggerError } | undefined;

  constructor(making: Making<Value, Result>) {
    this.#making = making;
  }

  /** What to go by; undefined when there never was anything. */
  get good(): { readonly value: Value; readonly result: Result } | undefined {
    return this.#good;
  }

  /** What is wrong with what the source says now. */
  get error(): OutriggerError | undefined {
    return this.#bad?.error;
  }

  /** @returns `accepted` also when the source is back to what is in force, after something wrong */
  offer(reading: Reading<Value>): Offered {
    if (reading.state === 'waiting') {
      this.#bad = undefined;
      return 'unchanged';
    }
    if (reading.state === 'wrong') {
      return this.#refuse(`wrong: ${reading.error.message}`, reading.error);
    }
    const { value } = reading;
    const fingerprint = this.#making.fingerprint(value);
    if (fingerprint === this.#bad?.fingerprint) return 'unchanged';
    if (fingerprint === this.#good?.fingerprint) {
      const wasWrong = this.#bad !== undefined;
      this.#bad = undefined;
      return wasWrong ? 'accepted' : 'unchanged';
    }
    try {
      this.#good = { fingerprint, value, result: this.#making.make(value) };
      this.#bad = undefined;
      return 'accepted';
    } catch (error) {
      return this.#refuse(fingerprint, error instanceof OutriggerError ? error : defect(error));
    }
  }

  #refuse(fingerprint: string, error: OutriggerError): Offered {
    if (fingerprint === this.#bad?.fingerprint) return 'unchanged';
    this.#bad = { fingerprint, error };
    return 'refused';
  }
}

/** A defect of ours in reading a configuration must not take down the one in force. */
function defect(cause: unknown): OutriggerError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new OutriggerError('OUTRIGGER_CONFIG', `internal error: ${message}`, { cause });
}
