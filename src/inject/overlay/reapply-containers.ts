/** Exports: {@link reapplyContainers}. */
import type { JsonObject } from '../../json.ts';
import { encodeTyped, strategicMerge } from '../../merge/index.ts';
import { structSchema } from '../../schema/index.ts';
import { annotations as names } from '../annotations.ts';
import { type ContainerOverrides, overridesText } from '../container-overrides.ts';
import type { InjectedNames } from '../injection-status.ts';
import {
  annotationsOf,
  type Container,
  type ContainerList,
  containerLists,
  containersOf,
  nameOf,
  type Pod,
  withAnnotation,
} from '../pod.ts';
import { Refusal } from '../refusal.ts';

const podSchema = structSchema('Pod');
const containerSchema = structSchema('Container');

/** What {@link reapplyContainers} goes by. */
export interface ReapplyInputs {
  readonly original: Pod;
  readonly templatePod: Pod;
  /** What the pod's annotation recorded at an earlier injection. */
  readonly overrides: ContainerOverrides;
  readonly injected: InjectedNames;
  /**
   * What is recorded wins at every injection, and what an earlier one put anywhere is not the user's. Upstream, and
   * the webhook, only let it win at the first.
   */
  readonly always?: boolean;
}

/**
 * Lets a container that the user wrote win over the template's container of the same name, and records it
 * in an annotation, so that a later injection knows (`pkg/kube/inject/webhook.go`,
 * reapplyOverwrittenContainers). What an earlier injection added is not the user's and is left as the
 * templates made it. Throws a {@link Refusal}.
 */
export function reapplyContainers(pod: Pod, inputs: ReapplyInputs): Pod {
  const { original, templatePod, overrides, injected, always = false } = inputs;
  const reapplied = { containers: [] as Container[], initContainers: [] as Container[] };
  let final = pod;
  for (const list of containerLists) {
    for (const made of containersOf(templatePod, list)) {
      const name = nameOf(made);
      const kept = always ? namedInEither(overrides, name) : undefined;
      if (kept === undefined && injectedBefore(injected, list, name, always)) continue;
      const wanted = kept ?? named(overrides[list], name) ?? written(original, list, name);
      if (wanted === undefined) continue;
      const override = withoutAutoImage(wanted);
      reapplied[list].push(override);
      final = applyContainer(final, list, override);
    }
  }
  const nothing = reapplied.containers.length === 0 && reapplied.initContainers.length === 0;
  if (nothing || Object.hasOwn(annotationsOf(original), names.status)) return final;
  return withAnnotation(final, names.overrides, overridesText(reapplied));
}

/** The user's own container; a regular `istio-proxy` also stands for a native one. */
function written(original: Pod, list: ContainerList, name: string): Container | undefined {
  const regular = named(containersOf(original, 'containers'), name);
  if (regular !== undefined || list === 'containers') return regular;
  return named(containersOf(original, 'initContainers'), name);
}

/** Upstream takes a proxy that an earlier injection put into the other list for the user's own. */
function injectedBefore(
  injected: InjectedNames,
  list: ContainerList,
  name: string,
  inEither: boolean,
): boolean {
  return (
    injected[list].has(name) || (inEither && containerLists.some((one) => injected[one].has(name)))
  );
}

/** A proxy that has moved from one list to the other since is still the same container. */
function namedInEither(overrides: ContainerOverrides, name: string): Container | undefined {
  return named(overrides.containers, name) ?? named(overrides.initContainers, name);
}

function named(containers: readonly Container[], name: string): Container | undefined {
  return containers.find((container) => nameOf(container) === name);
}

/** `auto` only keeps the manifest valid until injection: the template knows the image. */
function withoutAutoImage(container: Container): Container {
  if (container.image !== 'auto') return container;
  const { image: _, ...rest } = container;
  return rest;
}

function applyContainer(pod: Pod, list: ContainerList, container: Container): Pod {
  // Upstream's patch is the encoded Go struct: its zero values (a divisor, a port) overwrite as well.
  const overlay = JSON.parse(encodeTyped(containerSchema, container)) as JsonObject;
  try {
    return strategicMerge(podSchema, pod, { spec: { [list]: [overlay] } });
  } catch (cause) {
    const what = list === 'containers' ? 'sidecar container' : 'sidecar init container';
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Refusal(`failed to apply ${what}: ${reason}`, nameOf(container), cause);
  }
}
