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
 * Keeps the answers of one injector. A question is the whole text that its answer depends on, so that nobody can
 * get the answer to another one.
 *
 * Answers are in two generations: one that is asked for goes to the younger, and when that has filled half of the
 * room, the older is forgotten. An order of last use would be costlier to keep up than most of the rest.
 */
export class AnswerCache {
  readonly #most: number;
  #young = new Generation();
  #old = new Generation();
  #injector: PodInjector | undefined;
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
    const known = question.length > longestQuestion ? undefined : this.#lookUp(question);
    if (known === undefined) this.#misses++;
    else this.#hits++;
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
    this.#old.remove(question);
    this.#young.remove(question);
    this.#add(question, answer);
  }

  status(): AnswerCacheStatus {
    return {
      hits: this.#hits,
      misses: this.#misses,
      answers: this.#young.answers.size + this.#old.answers.size,
      size: this.#young.size + this.#old.size,
    };
  }

  #start(injector: PodInjector): void {
    this.#injector = injector;
    this.#young = new Generation();
    this.#old = new Generation();
  }

  #lookUp(question: string): KeptAnswer | undefined {
    const young = this.#young.answers.get(question);
    const known = young ?? this.#old.remove(question);
    if (known?.holds() !== true) {
      if (young !== undefined) this.#young.remove(question);
      return undefined;
    }
    if (young === undefined) this.#add(question, known);
    return known;
  }

  #add(question: string, answer: KeptAnswer): void {
    const { size, answers } = this.#young;
    if (size + sizeOf(question, answer) > this.#most / 2 || answers.size >= mostAnswers / 2) {
      this.#old = this.#young;
      this.#young = new Generation();
    }
    this.#young.add(question, answer);
  }
}

/** Answers by their questions. */
class Generation {
  readonly answers = new Map<string, KeptAnswer>();
  size = 0;

  add(question: string, answer: KeptAnswer): void {
    this.answers.set(question, answer);
    this.size += sizeOf(question, answer);
  }

  remove(question: string): KeptAnswer | undefined {
    const answer = this.answers.get(question);
    if (answer === undefined) return undefined;
    this.answers.delete(question);
    this.size -= sizeOf(question, answer);
    return answer;
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
