import type { PodInjector } from '../../webhook/review/review-pod.ts';
import { samplePod } from '../sample-pod.ts';

/** The first pod takes ten times as long as the next ones, and shows whether the configuration works. */
const podsAtOnce = 2;
/** Later ones teach the engine what is the same for all; that takes it as long as the first pod once more. */
const podsLater = 10;

/**
 * Injects a sample pod a few times before the first real one comes: that one would otherwise pay for
 * everything that happens only once. Most of it is done bit by bit after this returns, so that the server need
 * not wait for it to be ready.
 *
 * @returns a warning when the configuration cannot inject even the sample
 */
export function warmUp(injector: PodInjector): string | undefined {
  for (let count = 0; count < podsAtOnce; count++) {
    const result = injectSample(injector);
    if (result.outcome === 'failed') {
      return `a sample pod cannot be injected: ${result.error.message}`;
    }
  }
  let left = podsLater;
  const next = (): void => {
    injectSample(injector);
    if (--left > 0) setImmediate(next);
  };
  setImmediate(next);
  return undefined;
}

function injectSample(injector: PodInjector): ReturnType<PodInjector['inject']> {
  return injector.inject({ pod: samplePod, namespace: 'default' });
}
