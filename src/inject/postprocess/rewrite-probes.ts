/** Exports: {@link rewriteProbes}. */
import {
  type Container,
  type ContainerList,
  containerLists,
  containersOf,
  type Handler,
  type HttpGet,
  type Pod,
  withContainers,
} from '../pod.ts';
import { type AppHandler, appHandlers, isApplication, withHandler } from './app-handlers.ts';

/**
 * Points the application's probes and lifecycle calls at the agent, which lets them past mutual TLS. Done
 * for every network handler, also for those the agent knows nothing about
 * (`pkg/kube/inject/app_probe.go`, patchRewriteProbe).
 */
export function rewriteProbes(pod: Pod, port: number): Pod {
  let rewritten = pod;
  for (const list of containerLists) rewritten = rewriteList(rewritten, list, port);
  return rewritten;
}

function rewriteList(pod: Pod, list: ContainerList, port: number): Pod {
  const containers = containersOf(pod, list);
  let changed = false;
  const rewritten = containers.map((container) => {
    const after = isApplication(container) ? rewriteContainer(container, port) : container;
    changed ||= after !== container;
    return after;
  });
  return changed ? withContainers(pod, list, rewritten) : pod;
}

function rewriteContainer(container: Container, port: number): Container {
  let rewritten = container;
  for (const place of appHandlers(container)) {
    const handler = rewriteHandler(place, port);
    if (handler !== undefined) rewritten = withHandler(rewritten, place, handler);
  }
  return rewritten;
}

function rewriteHandler(place: AppHandler, port: number): Handler | undefined {
  const { path } = place;
  const { httpGet, tcpSocket, grpc, ...rest } = place.handler;
  if (httpGet !== undefined) {
    // The agent itself talks plain HTTP; host and headers are left for it to pass on.
    const scheme = httpGet.scheme === 'HTTPS' ? { scheme: 'HTTP' } : {};
    return { ...place.handler, httpGet: { ...httpGet, ...scheme, path, port } };
  }
  const bare: HttpGet = { path, port };
  if (tcpSocket !== undefined) return { ...rest, ...keep({ grpc }), httpGet: bare };
  if (grpc !== undefined && place.kind === 'probe') return { ...rest, httpGet: bare };
  return undefined;
}

/** A second handler beside the first is against the rules of Kubernetes, but no reason to lose it. */
function keep(handler: { readonly grpc: Handler['grpc'] | undefined }): Handler {
  return handler.grpc === undefined ? {} : { grpc: handler.grpc };
}
