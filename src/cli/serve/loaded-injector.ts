import type { PodInjector } from '../../webhook/review/review-pod.ts';

/** An injector made from the configuration in force. */
export interface LoadedInjector {
  readonly injector: PodInjector;
  /** Where the configuration comes from, for people: `built in`, or the files. */
  readonly description: string;
  readonly nativeSidecars: boolean;
  /** What is odd about the configuration without keeping it from working. */
  readonly warnings: readonly string[];
}
