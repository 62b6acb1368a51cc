/**
 * Finding a container in a pod and putting a changed one back.
 * Exports: {@link ContainerPlace}, {@link findSidecar}, {@link replaceContainer}, {@link sidecarName}.
 */
import {
  type Container,
  type ContainerList,
  containerLists,
  containersOf,
  type Pod,
  withContainers,
} from './pod.ts';

/** Name of the proxy's container. */
export const sidecarName = 'istio-proxy';

/** Where a container was found, and what it is. */
export interface ContainerPlace {
  readonly list: ContainerList;
  readonly index: number;
  readonly container: Container;
}

/** The first container of that name in one list. */
export function findIn(pod: Pod, list: ContainerList, name: string): ContainerPlace | undefined {
  const containers = containersOf(pod, list);
  const index = containers.findIndex((container) => container.name === name);
  const container = containers[index];
  return container === undefined ? undefined : { list, index, container };
}

/** The proxy: a regular container if there is one, else a native sidecar among the init containers. */
export function findSidecar(pod: Pod): ContainerPlace | undefined {
  for (const list of containerLists) {
    const found = findIn(pod, list, sidecarName);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The pod with another container in that place. */
export function replaceContainer(pod: Pod, place: ContainerPlace, container: Container): Pod {
  const { list, index } = place;
  return withContainers(pod, list, containersOf(pod, list).with(index, container));
}
