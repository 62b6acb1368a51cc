import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonObject } from '../../src/json.ts';
import type { Cluster } from './cluster.ts';
import { createPod, isInjected, simplePod } from './pods.ts';

/** What became of the pods of a stream. */
export interface StreamOutcome {
  readonly created: number;
  /** What the API server said about those that were not created. */
  readonly failures: readonly string[];
  /** Names of pods that were let through without a sidecar. */
  readonly bare: readonly string[];
}

/** Between two pods of a lane: leaves something of a slow machine to those who answer. */
const pauseMs = 25;

/** Pods that are created one after the other on several lanes, until it is told to end. */
export class PodStream {
  readonly #cluster: Cluster;
  readonly #namespace: string;
  readonly #failures: string[] = [];
  readonly #bare: string[] = [];
  readonly #lanes: Promise<void>[];
  #created = 0;
  #count = 0;
  #ended = false;

  constructor(cluster: Cluster, namespace: string, lanes = 3) {
    this.#cluster = cluster;
    this.#namespace = namespace;
    this.#lanes = Array.from({ length: lanes }, () => this.#lane());
  }

  get created(): number {
    return this.#created;
  }

  async end(): Promise<StreamOutcome> {
    this.#ended = true;
    await Promise.all(this.#lanes);
    return { created: this.#created, failures: this.#failures, bare: this.#bare };
  }

  async #lane(): Promise<void> {
    while (!this.#ended) {
      const name = `${this.#namespace}-${this.#count++}`;
      try {
        const pod: JsonObject = await createPod(this.#cluster, this.#namespace, simplePod(name));
        this.#created++;
        if (!isInjected(pod)) this.#bare.push(name);
      } catch (error) {
        this.#failures.push(error instanceof Error ? error.message : String(error));
      }
      await sleep(pauseMs);
    }
  }
}
