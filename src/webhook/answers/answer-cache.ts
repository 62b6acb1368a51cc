/**
 * Answers that are given again to pods that differ in nothing that matters: replicas of one workload.
 * Exports: {@link AnswerCache}, {@link AnswerCacheStatus}.
 */
import type { PodInjector } from '../review/review-pod.ts';
import type { KeptAnswer } from './kept-answer.ts';

/** For metrics. */
export interface AnswerCacheStatus {
  /** Reviews that were answered out of the cache. */
  readonly hits: number;
  /** Reviews that were not, whether or not their answers could be kept. */
  readonly misses: number;
  readonly answers: number;
  /** Characters that questions and answers have together. */
  readonly size: number;
}

/** What an answer takes beside its texts, in characters. */
const overhead = 2048;
/** Of so many answers no more are kept, however short they are. */
const mostAnswers = 10_000;
/** A longer question is not looked for: there are few such pods, and hashing them takes its time. */
const longestQuestion = 128 * 1024;
/** So many of the last questions are known to have been asked. */
const questionsRemembered = 1024;
/** So many characters of a question go into its hash. */
const sampled = 256;

/**
 * Keeps the answers of one injector, those that were not asked for lately first to go. A question is the whole
 * text that its answer depends on, so that nobody can get the answer to another one.
 */
export class AnswerCache {
  readonly #most: number;
  /** In the order of their last use. */
  readonly #answers = new Map<string, KeptAnswer>();
  #injector: PodInjector | undefined;
  #size = 0;
  #hits = 0;
  #misses = 0;

  /** Questions that were asked at least once of late, by their hashes. */
  readonly #asked = new Uint32Array(questionsRemembered);

  /** @param most characters that questions and answers may have together */
  constructor(most: number) {
    this.#most = most;
  }

  /** The answer to a question as long as it still holds. Answers of another injector are all forgotten. */
  find(injector: PodInjector, question: string): KeptAnswer | undefined {
    if (injector !== this.#injector) this.#start(injector);
    const known = question.length > longestQuestion ? undefined : this.#answers.get(question);
    if (known === undefined) {
      this.#misses++;
      return undefined;
    }
    this.#remove(question, known);
    if (!known.holds()) {
      this.#misses++;
      return undefined;
    }
    this.#hits++;
    this.#add(question, known);
    return known;
  }

  /**
   * True when the question comes for the second time: where all pods differ, keeping answers would only fill the
   * memory.
   */
  isWorthKeeping(question: string): boolean {
    const hash = sampleHash(question);
    const place = hash % questionsRemembered;
    if (this.#asked[place] === hash) return true;
    this.#asked[place] = hash;
    return false;
  }

  /** Keeps the answer that an injector gave. */
  keep(injector: PodInjector, question: string, answer: KeptAnswer): void {
    const tooLarge = sizeOf(question, answer) > this.#most / 4;
    if (injector !== this.#injector || question.length > longestQuestion || tooLarge) return;
    const known = this.#answers.get(question);
    if (known !== undefined) this.#remove(question, known);
    this.#add(question, answer);
    for (const [oldest, forgotten] of this.#answers) {
      if (this.#size <= this.#most && this.#answers.size <= mostAnswers) return;
      this.#remove(oldest, forgotten);
    }
  }

  status(): AnswerCacheStatus {
    return {
      hits: this.#hits,
      misses: this.#misses,
      answers: this.#answers.size,
      size: this.#size,
    };
  }

  #start(injector: PodInjector): void {
    this.#injector = injector;
    this.#answers.clear();
    this.#size = 0;
  }

  #add(question: string, answer: KeptAnswer): void {
    this.#answers.set(question, answer);
    this.#size += sizeOf(question, answer);
  }

  #remove(question: string, answer: KeptAnswer): void {
    this.#answers.delete(question);
    this.#size -= sizeOf(question, answer);
  }
}

/** Two questions with the same hash cost some memory, nothing else. */
function sampleHash(question: string): number {
  const { length } = question;
  const step = Math.max(1, Math.floor(length / sampled));
  let hash = length;
  for (let at = length % step; at < length; at += step) {
    hash = (Math.imul(hash, 31) + question.charCodeAt(at)) >>> 0;
  }
  return hash;
}

function sizeOf(question: string, { size }: KeptAnswer): number {
  return question.length + size + overhead;
}
