/**
 * Answers that are given again to pods that differ in nothing that matters: replicas of one workload.
 * Exports: {@link AnswerCache}, {@link AnswerCacheStatus}.
 */
import type { PodInjector } from '../review/review-pod.ts';
import type { KeptAnswer } from './kept-answer.ts';
import { fullHash, type Question } from './question.ts';

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
/** Of questions with the same hash so many are kept: somebody may have made them to be alike. */
const mostAlike = 8;

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
  find(injector: PodInjector, question: Question): KeptAnswer | undefined {
    if (injector !== this.#injector) this.#start(injector);
    const known = question.text.length > longestQuestion ? undefined : this.#lookUp(question);
    if (known === undefined) this.#misses++;
    else this.#hits++;
    return known;
  }

  /**
   * True when the question comes for the second time: where all pods differ, keeping answers would only fill the
   * memory. Two questions with the same hash cost some memory, nothing else.
   */
  isWorthKeeping({ text }: Question): boolean {
    const hash = fullHash(text);
    const place = hash % questionsRemembered;
    if (this.#asked[place] === hash) return true;
    this.#asked[place] = hash;
    return false;
  }

  /** Keeps the answer that an injector gave. */
  keep(injector: PodInjector, question: Question, answer: KeptAnswer): void {
    const tooLarge = sizeOf(question, answer) > this.#most / 4;
    if (injector !== this.#injector || question.text.length > longestQuestion || tooLarge) return;
    this.#old.remove(question);
    this.#young.remove(question);
    this.#add(question, answer);
  }

  status(): AnswerCacheStatus {
    return {
      hits: this.#hits,
      misses: this.#misses,
      answers: this.#young.count + this.#old.count,
      size: this.#young.size + this.#old.size,
    };
  }

  #start(injector: PodInjector): void {
    this.#injector = injector;
    this.#young = new Generation();
    this.#old = new Generation();
  }

  #lookUp(question: Question): KeptAnswer | undefined {
    const young = this.#young.get(question);
    const known = young ?? this.#old.remove(question);
    if (known?.holds() !== true) {
      if (young !== undefined) this.#young.remove(question);
      return undefined;
    }
    if (young === undefined) this.#add(question, known);
    return known;
  }

  #add(question: Question, answer: KeptAnswer): void {
    const { size, count } = this.#young;
    if (size + sizeOf(question, answer) > this.#most / 2 || count >= mostAnswers / 2) {
      this.#old = this.#young;
      this.#young = new Generation();
    }
    this.#young.add(question, answer);
  }
}

/** An answer that is kept. */
interface Entry {
  readonly text: string;
  readonly answer: KeptAnswer;
}

/** Answers by their questions. */
class Generation {
  /** Those whose questions have the same hash, the first to come in front. */
  readonly #entries = new Map<number, Entry[]>();
  count = 0;
  size = 0;

  get({ text, hash }: Question): KeptAnswer | undefined {
    const alike = this.#entries.get(hash);
    if (alike === undefined) return undefined;
    for (const entry of alike) if (entry.text === text) return entry.answer;
    return undefined;
  }

  add(question: Question, answer: KeptAnswer): void {
    const { text, hash } = question;
    const alike = this.#entries.get(hash) ?? [];
    const [first] = alike;
    if (first !== undefined && alike.length >= mostAlike) this.remove({ text: first.text, hash });
    this.#entries.set(hash, alike);
    alike.push({ text, answer });
    this.count++;
    this.size += sizeOf(question, answer);
  }

  remove(question: Question): KeptAnswer | undefined {
    const { text, hash } = question;
    const alike = this.#entries.get(hash) ?? [];
    const place = alike.findIndex((entry) => entry.text === text);
    const [removed] = place === -1 ? [] : alike.splice(place, 1);
    if (removed === undefined) return undefined;
    if (alike.length === 0) this.#entries.delete(hash);
    this.count--;
    this.size -= sizeOf(question, removed.answer);
    return removed.answer;
  }
}

function sizeOf({ text }: Pick<Question, 'text'>, { size }: KeptAnswer): number {
  return text.length + size + overhead;
}
