/** Exports: {@link orderContainers}. */
import { mergeProxyConfig } from '../../mesh/index.ts';
import { annotations as names } from '../annotations.ts';
import { sidecarName } from '../container-place.ts';
import { annotationsOf, type Container, containersOf, type Pod, withContainers } from '../pod.ts';
import type { PostprocessContext, PostprocessStep } from './step.ts';

type Move = (containers: Container[], name: string) => Container[];

const toFront: Move = (containers, name) => {
  const moved = lastNamed(containers, name);
  return moved === undefined ? containers : [moved, ...without(containers, name)];
};
const toEnd: Move = (containers, name) => {
  const moved = lastNamed(containers, name);
  return moved === undefined ? containers : [...without(containers, name), moved];
};

/** Of several containers of that name only the last survives a move (modifyContainers). */
function lastNamed(containers: Container[], name: string): Container | undefined {
  return containers.findLast((container) => container.name === name);
}

function without(containers: Container[], name: string): Container[] {
  return containers.filter((container) => container.name !== name);
}

/**
 * Puts the containers in the order they must start in: traffic capture before everything that talks, the
 * proxy first when the application is to wait for it (reorderPod).
 */
export const orderContainers: PostprocessStep = (pod, context) => {
  const move = holdsApplication(context) ? toFront : toEnd;
  return orderInit(order(pod, 'containers', (containers) => move(containers, sidecarName)));
};

function orderInit(pod: Pod): Pod {
  return order(pod, 'initContainers', (containers) => {
    if (containers.some(({ name }) => name === sidecarName)) {
      return ['enable-core-dump', sidecarName, 'istio-validation', 'istio-init'].reduce(
        toFront,
        containers,
      );
    }
    const validated = toFront(containers, 'istio-validation');
    return toEnd(toEnd(validated, 'istio-init'), 'enable-core-dump');
  });
}

function order(
  pod: Pod,
  list: 'containers' | 'initContainers',
  arrange: (containers: Container[]) => Container[],
): Pod {
  const containers = containersOf(pod, list);
  if (containers.length === 0) return pod;
  const arranged = arrange(containers);
  const same =
    arranged.length === containers.length &&
    arranged.every((container, index) => container === containers[index]);
  return same ? pod : withContainers(pod, list, arranged);
}

/** Either source is enough: the annotation's `false` does not take back the values' `true`. */
function holdsApplication({ original, mesh, values }: PostprocessContext): boolean {
  const annotation = annotationsOf(original)[names.proxyConfig];
  const base = mesh.defaultConfig ?? {};
  const config = annotation === undefined ? base : mergeProxyConfig(base, annotation);
  return (
    config.holdApplicationUntilProxyStarts === true ||
    values.holdApplicationUntilProxyStarts === true
  );
}
