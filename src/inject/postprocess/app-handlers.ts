/**
 * The five places of a container where Kubernetes is told to call the application.
 * Exports: {@link appHandlers}, {@link AppHandler}, {@link withHandler}, {@link isApplication}.
 */
import { sidecarName } from '../container-place.ts';
import { type Container, type Handler, nameOf, type Probe } from '../pod.ts';

type ProbeMember = 'readinessProbe' | 'livenessProbe' | 'startupProbe';
type LifecycleMember = 'preStop' | 'postStart';

/** A handler that is there, and the path under which the agent answers for it. */
export type AppHandler = { readonly path: string } & (
  | { readonly kind: 'probe'; readonly member: ProbeMember; readonly handler: Probe }
  | { readonly kind: 'lifecycle'; readonly member: LifecycleMember; readonly handler: Handler }
);

const probeEnds: readonly (readonly [ProbeMember, string])[] = [
  ['readinessProbe', 'readyz'],
  ['livenessProbe', 'livez'],
  ['startupProbe', 'startupz'],
];
const lifecycleEnds: readonly (readonly [LifecycleMember, string])[] = [
  ['preStop', 'prestopz'],
  ['postStart', 'poststartz'],
];

/** The handlers that a container has. */
export function appHandlers(container: Container): AppHandler[] {
  const found: AppHandler[] = [];
  const name = nameOf(container);
  for (const [member, end] of probeEnds) {
    const handler = container[member];
    if (handler === undefined) continue;
    found.push({ kind: 'probe', member, handler, path: `/app-health/${name}/${end}` });
  }
  const { lifecycle } = container;
  if (lifecycle === undefined) return found;
  for (const [member, end] of lifecycleEnds) {
    const handler = lifecycle[member];
    if (handler === undefined) continue;
    found.push({ kind: 'lifecycle', member, handler, path: `/app-lifecycle/${name}/${end}` });
  }
  return found;
}

/** The container with another handler in that place. */
export function withHandler(container: Container, place: AppHandler, handler: Handler): Container {
  return place.kind === 'probe'
    ? { ...container, [place.member]: handler }
    : { ...container, lifecycle: { ...container.lifecycle, [place.member]: handler } };
}

/** Everything but the proxy is looked at, other injected containers included. */
export function isApplication(container: Container): boolean {
  return container.name !== sidecarName;
}
