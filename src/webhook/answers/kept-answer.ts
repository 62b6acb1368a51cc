/** An answer that can be given again. Exports: {@link KeptAnswer}, {@link keepAnswer}, {@link AnswerNotes}, {@link isAscii}. */
import { placesOfVolume } from '../../inject/token-volume.ts';
import type { AnswerWatch } from '../../inject/types.ts';
import type { JsonObject } from '../../json.ts';
import { answerEnd, answerStart, writeVerdict } from '../review/review-answer.ts';
import type { Reviewed } from '../review/review-pod.ts';
import type { ReviewRecord } from '../review/review-record.ts';
import type { Envelope } from './review-envelope.ts';
import type { PodText } from './review-text.ts';

/** An answer, for all reviews of pods with the same text. */
export interface KeptAnswer {
  /** How many characters it holds. */
  readonly size: number;
  /** Whether its texts hold nothing but ASCII. */
  readonly ascii: boolean;
  /** False when something outside of the request has changed that the answer depends on. */
  holds(): boolean;
  /** The answer as the API server gets it. */
  textFor(review: Envelope, pod: PodText): string;
  recordFor(review: Envelope): ReviewRecord;
}

/** What the engine says an answer depends on. */
export class AnswerNotes implements AnswerWatch {
  readonly #conditions: (() => boolean)[] = [];
  tokenVolumeHasPart = false;

  dependsOn(unchanged: () => boolean): void {
    this.#conditions.push(unchanged);
  }

  tokenVolumeMattered(): void {
    this.tokenVolumeHasPart = true;
  }

  hold(): boolean {
    return this.#conditions.every((unchanged) => unchanged());
  }
}

/** Nothing of the answer itself may be held: the values in its patch hang together with the whole pod. */
const allowed = { allowed: true };

/**
 * Makes an answer ready to be given again; undefined when it can only be given to the very same pod, or perhaps
 * not even to that. Refusals are not kept: they should be rare, and are not worth the thought.
 */
export function keepAnswer(
  { answer, record }: Reviewed,
  pod: JsonObject,
  text: PodText,
  notes: AnswerNotes,
): KeptAnswer | undefined {
  if (record.outcome !== 'injected' && record.outcome !== 'skipped') return undefined;
  if (!notes.hold()) return undefined;
  const end = answerEnd(answer);
  const patch = answer.patch === undefined ? undefined : JSON.stringify(answer.patch);
  const volume = text.tokenVolume;
  if (volume !== undefined) {
    const elsewhere = text.timesNamed > placesOfVolume(pod, volume);
    const told = end.includes(volume) || JSON.stringify(record.notices).includes(volume);
    if (notes.tokenVolumeHasPart || elsewhere || told) return undefined;
  }
  const parts = patch === undefined || volume === undefined ? undefined : patch.split(volume);
  const fixed =
    parts === undefined || parts.length === 1 ? writeVerdict(allowed, patch) + end : undefined;
  return {
    size: fixed?.length ?? (patch?.length ?? 0) + end.length,
    // Base64 is, and so are the names of volumes.
    ascii: isAscii(end),
    holds: () => notes.hold(),
    textFor: (review, { tokenVolume = '' }) =>
      answerStart(review) + (fixed ?? writeVerdict(allowed, parts?.join(tokenVolume)) + end),
    recordFor: ({ uid, dryRun }) => ({ ...record, uid, dryRun }),
  };
}

/** Whether a text takes as many bytes as it has characters. */
export function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}
