import type { PodInjector } from '../../webhook/review/review-pod.ts';
import { samplePod } from '../sample-pod.ts';

/** After this many pods the engine is some ten times as fast as at the first. */
const pods = 10;

/**
 * Injects a sample pod a few times before the first real one comes: that one would otherwise pay for
 * everything that happens only once.
 *
 * @returns a warning when the configuration cannot inject even the sample
 */
export function warmUp(injector: PodInjector): string | undefined {
  let failure: string | undefined;
  for (let count = 0; count < pods && failure === undefined; count++) {
    const result = injector.inject({ pod: samplePod, namespace: 'default' });
    if (result.outcome === 'failed') failure = result.error.message;
  }
  return failure === undefined ? undefined : `a sample pod cannot be injected: ${failure}`;
}
