/** Exports: {@link takeOutContainers}. */
import { sidecarName } from '../inject/container-place.ts';
import { type Container, containersOf, nameOf, type Pod, withContainers } from '../inject/pod.ts';
import type { Notice } from '../inject/types.ts';
import { isJsonObject } from '../json.ts';
import type { InjectionRecord } from './injection-record.ts';

/** Image that asks the injector to fill in the proxy's; the record leaves it out. */
const placeholder = 'auto';

/** Takes out the containers that templates made, and puts the user's own of the same name back as they were. */
export function takeOutContainers(
  pod: Pod,
  record: InjectionRecord,
  notice: (notice: Notice) => void,
): Pod {
  const made = new Map(
    [...containersOf(pod, 'initContainers'), ...containersOf(pod, 'containers')].map(
      (container) => [nameOf(container), container] as const,
    ),
  );
  const restored = (recorded: Container): Container => {
    const container = withoutEmptyResources(recorded);
    const image = made.get(nameOf(container))?.image;
    return container.image === undefined && image !== undefined
      ? { ...container, image: placeholder }
      : container;
  };
  const regular = new Map(record.overrides.containers.map((one) => [nameOf(one), restored(one)]));
  const init = new Map<string, Container>();
  const before = containersOf(pod, 'containers');
  for (const one of record.overrides.initContainers) {
    // A regular container of the user's own stands for an init container of that name, and is still there.
    const stays = before.some((other) => nameOf(other) === nameOf(one));
    if (stays && !record.containers.has(nameOf(one))) continue;
    // The record does not tell which list the user had it in; only one of them lets a proxy restart.
    const ofInit = one['restartPolicy'] !== undefined || nameOf(one) !== sidecarName;
    (ofInit ? init : regular).set(nameOf(one), restored(one));
    if (nameOf(one) === sidecarName) tellList(ofInit, notice);
  }
  const containers = takeOut(before, record.containers, regular);
  const rest = withContainers(pod, 'containers', containers);
  tellPlaces(containers, regular, notice);
  const initBefore = containersOf(pod, 'initContainers');
  if (initBefore.length === 0) return rest;
  const initContainers = takeOut(initBefore, record.initContainers, init);
  tellPlaces(initContainers, init, notice);
  return withContainers(rest, 'initContainers', initContainers);
}

/** The record always has resources, as Go writes them. */
function withoutEmptyResources(container: Container): Container {
  const { resources, ...rest } = container;
  return isJsonObject(resources) && Object.keys(resources).length === 0 ? rest : container;
}

/** What is neither made by a template nor restored stays; what is restored takes the place it has now. */
function takeOut(
  containers: readonly Container[],
  made: ReadonlySet<string>,
  own: ReadonlyMap<string, Container>,
): Container[] {
  const waiting = new Map(own);
  const result = containers.flatMap((container) => {
    const name = nameOf(container);
    const mine = waiting.get(name);
    if (mine !== undefined) {
      waiting.delete(name);
      return [mine];
    }
    return made.has(name) ? [] : [container];
  });
  return [...result, ...waiting.values()];
}

function tellList(ofInit: boolean, notice: (notice: Notice) => void): void {
  notice({
    code: 'container-list-unknown',
    message: `whether container ${JSON.stringify(sidecarName)} was an init container or a regular one is not recorded; it is ${ofInit ? 'an init container' : 'a regular one'} now`,
  });
}

/** Names that injection moves to the start or the end of a list, whoever made the container. */
const moved: ReadonlySet<string> = new Set([
  sidecarName,
  'istio-init',
  'istio-validation',
  'enable-core-dump',
]);

function tellPlaces(
  containers: readonly Container[],
  restored: ReadonlyMap<string, Container>,
  notice: (notice: Notice) => void,
): void {
  if (containers.length < 2) return;
  for (const name of containers.map(nameOf)) {
    if (!moved.has(name) && !restored.has(name)) continue;
    notice({
      code: 'container-place-unknown',
      message: `where among the others container ${JSON.stringify(name)} stood is not recorded`,
    });
  }
}
