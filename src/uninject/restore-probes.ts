/** Exports: {@link restoreProbes}. */
import {
  type Container,
  containerLists,
  containersOf,
  type Handler,
  nameOf,
  type Pod,
  withContainers,
} from '../inject/pod.ts';
import {
  type AppHandler,
  appHandlers,
  isApplication,
  withHandler,
} from '../inject/postprocess/app-handlers.ts';
import type { Notice } from '../inject/types.ts';
import type { InjectionRecord } from './injection-record.ts';

/** What restoring goes by. */
interface Restoring {
  readonly probers: InjectionRecord['probers'];
  readonly statusPort: number;
  readonly notice: (notice: Notice) => void;
}

/**
 * Points the handlers that were redirected to the agent at the application again.
 *
 * @param statusPort the agent's port
 */
export function restoreProbes(
  pod: Pod,
  { probers }: InjectionRecord,
  statusPort: number,
  notice: (notice: Notice) => void,
): Pod {
  let restored = pod;
  for (const list of containerLists) {
    const containers = containersOf(pod, list);
    const after = containers.map((container) =>
      isApplication(container)
        ? restoreContainer(container, { probers, statusPort, notice })
        : container,
    );
    if (after.some((container, index) => container !== containers[index])) {
      restored = withContainers(restored, list, after);
    }
  }
  return restored;
}

function restoreContainer(container: Container, restoring: Restoring): Container {
  let restored = container;
  for (const place of appHandlers(container)) {
    if (place.handler.httpGet?.path !== place.path) continue;
    const recorded = restoring.probers.get(place.path);
    if (recorded === undefined) {
      restoring.notice({
        code: 'probe-not-recorded',
        message: `${handlerName(place, container)} points at the agent, and where it pointed before is not recorded; it was left as it is`,
      });
      continue;
    }
    const handler = withPort(recorded, place, container, restoring);
    restored = withHandler(restored, place, restoreHandler(place.handler, handler));
  }
  return restored;
}

/** Of a port with a name, the record only has the number; it can be told which when it is the agent's. */
function withPort(
  recorded: Handler,
  place: AppHandler,
  container: Container,
  { statusPort, notice }: Restoring,
): Handler {
  const { httpGet, tcpSocket } = recorded;
  const port = httpGet?.port ?? tcpSocket?.port;
  const name = container.ports?.find(
    (one) => one.name !== undefined && one.containerPort === port,
  )?.name;
  if (name === undefined) return recorded;
  // A handler that named the agent's port by its number would not have been recorded.
  if (port === statusPort) {
    if (httpGet !== undefined) return { ...recorded, httpGet: { ...httpGet, port: name } };
    return { ...recorded, tcpSocket: { ...tcpSocket, port: name } };
  }
  notice({
    code: 'probe-port-name-unknown',
    message: `${handlerName(place, container)} uses port ${port}; whether that was written as ${JSON.stringify(name)} is not recorded`,
  });
  return recorded;
}

function handlerName({ kind, member }: AppHandler, container: Container): string {
  const path = kind === 'probe' ? member : `lifecycle.${member}`;
  return `${path} of container ${JSON.stringify(nameOf(container))}`;
}

function restoreHandler(handler: Handler, recorded: Handler): Handler {
  const { httpGet: _, ...rest } = handler;
  // The record has the handler's timeout too, which was never changed.
  const { httpGet, tcpSocket, grpc } = recorded;
  if (httpGet !== undefined) return { ...handler, httpGet };
  if (tcpSocket !== undefined) return { ...rest, tcpSocket };
  return grpc === undefined ? handler : { ...rest, grpc };
}
