/** Exports: {@link templateView}. */
import { annotations as names } from '../annotations.ts';
import type { ContainerOverrides } from '../container-overrides.ts';
import { type InjectedNames, readInjectionStatus } from '../injection-status.ts';
import {
  annotationsOf,
  type Container,
  containerLists,
  containersOf,
  nameOf,
  type Pod,
  type TextMap,
  withAnnotations,
  withContainers,
} from '../pod.ts';
import {
  readPrometheusAnnotations,
  withoutPrometheusAnnotations,
} from '../prometheus-annotations.ts';

/**
 * The pod as templates see it: without what an earlier injection added, and with the user's containers
 * that a template had taken over (`pkg/kube/inject/webhook.go`, reinsertOverrides and stripPod). Only a
 * view: the templates' output is merged into the pod as it came in.
 */
export function templateView(
  original: Pod,
  overrides: ContainerOverrides,
  statusPort: number,
): Pod {
  return reinsert(strip(original, String(statusPort)), overrides);
}

function strip(pod: Pod, statusPort: string): Pod {
  const annotations = annotationsOf(pod);
  const status = annotations[names.status];
  const injected = status === undefined ? undefined : readInjectionStatus(status);
  if (injected === undefined) return pod;
  return withoutInjected(
    withAnnotations(pod, withoutInjectedAnnotations(annotations, statusPort)),
    injected,
  );
}

function withoutInjected(pod: Pod, injected: InjectedNames): Pod {
  let stripped = pod;
  for (const list of containerLists) {
    const containers = containersOf(pod, list);
    const kept = containers.filter((container) => !injected[list].has(nameOf(container)));
    if (kept.length < containers.length) stripped = withContainers(stripped, list, kept);
  }
  return stripped;
}

/** Scrape annotations that point at the agent are injection's own work. */
function withoutInjectedAnnotations(annotations: TextMap, statusPort: string): TextMap {
  const { [names.status]: _, ...rest } = annotations;
  const scrapesAgent = readPrometheusAnnotations(rest).port === statusPort;
  return scrapesAgent ? withoutPrometheusAnnotations(rest) : rest;
}

function reinsert(pod: Pod, overrides: ContainerOverrides): Pod {
  let view = pod;
  for (const list of containerLists) {
    const containers = [...containersOf(pod, list)];
    const before = containers.length;
    for (const container of overrides[list]) {
      if (!hasContainer(containers, nameOf(container))) containers.push(container);
    }
    if (containers.length > before) view = withContainers(view, list, containers);
  }
  return view;
}

function hasContainer(containers: readonly Container[], name: string): boolean {
  return containers.some((container) => nameOf(container) === name);
}
