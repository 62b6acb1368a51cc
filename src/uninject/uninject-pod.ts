/** Taking an injection back. Exports: {@link uninjectPod}, {@link UninjectResult}, {@link UninjectRequest}. */
import { annotations as names } from '../inject/annotations.ts';
import type { InjectionConfiguration } from '../inject/config/injection-configuration.ts';
import { findSidecar, sidecarName } from '../inject/container-place.ts';
import { injectPod } from '../inject/inject-pod.ts';
import type { Pod } from '../inject/pod.ts';
import { failureOf } from '../inject/refusal.ts';
import { createOverlayReader } from '../inject/render/overlay-reader.ts';
import type { InjectFailure, Notice, OwnerMeta, PatchOperation } from '../inject/types.ts';
import type { JsonObject } from '../json.ts';
import { createPatch, decode } from '../merge/index.ts';
import { structSchema } from '../schema/index.ts';
import { configurationOf } from './configuration-of.ts';
import { type InjectionRecord, readRecord } from './injection-record.ts';
import { leftOver } from './left-over.ts';
import { placeText, withValueAt } from './pod-place.ts';
import { restoreProbes } from './restore-probes.ts';
import { restorePrometheus } from './restore-prometheus.ts';
import { takeOutContainers } from './take-out-containers.ts';
import { type Injecting, takeOutContributions } from './take-out-contributions.ts';
import { takeOutElements } from './take-out-elements.ts';

/** A pod that may have been injected. */
export interface UninjectRequest {
  /** As it stands; never changed. */
  readonly pod: JsonObject;
  readonly namespace: string;
  readonly owner?: OwnerMeta;
}

/** What came of it. `patch` applies to exactly the pod that came in. */
export type UninjectResult =
  | {
      readonly outcome: 'uninjected';
      readonly patch: readonly PatchOperation[];
      /** What cannot be known. */
      readonly notices: readonly Notice[];
    }
  | { readonly outcome: 'not injected'; readonly notices: readonly Notice[] }
  | { readonly outcome: 'failed'; readonly error: InjectFailure };

const podSchema = structSchema('Pod');

/**
 * Takes out of a pod what an injection put in, ours or Istio's: what the pod's own record says (annotations, the
 * agent's variables), and what the configuration shows to be injection's doing. Never throws.
 *
 * @param configuration the one that the pod was injected with, as far as it is known
 */
export function uninjectPod(
  { pod: raw, namespace, owner }: UninjectRequest,
  configuration: InjectionConfiguration,
): UninjectResult {
  const notices: Notice[] = [];
  const notice = (one: Notice): void => {
    notices.push(one);
  };
  try {
    const injected: Pod = decode(podSchema, raw, { coerceScalars: true });
    const record = readRecord(injected);
    if (record === undefined) return { outcome: 'not injected', notices: unrecorded(injected) };
    const injecting = injectingLike(record, configuration, namespace, owner);
    const pod = withoutInjection(injected, record, injecting, configuration, notice);
    const patch = createPatch(podSchema, raw, injected, pod);
    return { outcome: 'uninjected', patch, notices };
  } catch (thrown) {
    return { outcome: 'failed', error: failureOf('process', thrown) };
  }
}

function unrecorded(pod: Pod): readonly Notice[] {
  if (findSidecar(pod) === undefined) return [];
  return [
    {
      code: 'sidecar-without-record',
      message: `there is a container ${sidecarName}, but no annotation ${names.status} that says what was injected: nothing is taken out`,
    },
  ];
}

function withoutInjection(
  injected: Pod,
  record: InjectionRecord,
  injecting: Injecting,
  { mesh, config }: InjectionConfiguration,
  notice: (notice: Notice) => void,
): Pod {
  const unmarked = [names.status, names.overrides, names.configuration].reduce(
    (pod, name) => withValueAt(pod, ['metadata', 'annotations', name], undefined),
    injected,
  );
  const statusPort = mesh.defaultConfig?.statusPort ?? 0;
  const scraped = restorePrometheus(
    unmarked,
    record,
    statusPort,
    config.injectedAnnotations,
    notice,
  );
  const probed = restoreProbes(scraped, record, statusPort, notice);
  const own = takeOutElements(takeOutContainers(probed, record, notice), record);
  const { pod, doubtful, known, kept } = takeOutContributions(injected, own, record, injecting);
  for (const place of doubtful) {
    notice({
      code: 'perhaps-injected',
      path: place,
      message: `${placeText(place)} may come from the injection, but the configuration at hand sets something else; it stays`,
    });
  }
  for (const [list, name] of kept) {
    notice({
      code: 'merged-with-injected',
      path: ['spec', list],
      message: `${JSON.stringify(name)} in ${list} was there before injection, which may have added to it; it stays as it is`,
    });
  }
  if (!known) {
    notice({
      code: 'configuration-does-not-fit',
      message:
        'the configuration at hand cannot inject this pod, so labels and annotations that injection added stay; name the one that was used with --injectConfigFile, --valuesFile and --meshConfigFile',
    });
  }
  for (const one of leftOver(pod, record)) notice(one);
  return pod;
}

/** Injects as the pod was injected, as far as the record tells. */
function injectingLike(
  record: InjectionRecord,
  configuration: InjectionConfiguration,
  namespace: string,
  owner: OwnerMeta | undefined,
): Injecting {
  const like = configurationOf(record, configuration);
  const readOverlay = createOverlayReader();
  return {
    injectedAnnotations: configuration.config.injectedAnnotations,
    inject(pod) {
      try {
        const request = { pod, namespace, ...(owner === undefined ? {} : { owner }) };
        return injectPod(pod, request, like, 'offline', readOverlay);
      } catch {
        return undefined;
      }
    },
  };
}
