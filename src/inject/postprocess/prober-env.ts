/** Exports: {@link tellAgentProbers}, {@link readProbers}, {@link proberVariable}. */
import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';
import { decode, encodeTyped } from '../../merge/index.ts';
import { structSchema } from '../../schema/index.ts';
import { annotations as names } from '../annotations.ts';
import { findSidecar, replaceContainer } from '../container-place.ts';
import { annotationsOf, type Container, containersOf, type EnvVar, type Pod } from '../pod.ts';
import { integer, recordSchema } from '../record-schema.ts';
import { type AppHandler, appHandlers, isApplication } from './app-handlers.ts';

/** The environment variable of the proxy that tells the agent where the application's handlers are. */
export const proberVariable = 'ISTIO_KUBE_APP_PROBERS';

const action = (name: string) => ({ kind: 'struct', struct: structSchema(name) }) as const;

/** What the agent reads for one handler (`pkg/kube/inject/app_probe.go`, Prober). */
const proberSchema = recordSchema('Prober', [
  ['httpGet', action('HTTPGetAction'), 'pointer'],
  ['tcpSocket', action('TCPSocketAction'), 'pointer'],
  ['grpc', action('GRPCAction'), 'pointer'],
  ['timeoutSeconds', integer, 'unless zero'],
]);
const probersType = { kind: 'map', elem: { kind: 'struct', struct: proberSchema } } as const;
const probersSchema = recordSchema('KubeAppProbers', [['probers', probersType, 'unless zero']]);

/**
 * Tells the agent in an environment variable of the proxy where the application's handlers really are,
 * keyed by the paths it will be asked under (DumpAppProbers, applyRewrite).
 */
export function tellAgentProbers(pod: Pod, statusPort: number): Pod {
  const sidecar = findSidecar(pod);
  const probers = collectProbers(pod, statusPort);
  if (sidecar === undefined || Object.keys(probers).length === 0) return pod;
  const env = sidecar.container.env ?? [];
  // Only a pod that was injected before can carry the variable rightfully.
  const again = Object.hasOwn(annotationsOf(pod), names.status);
  const index = again ? env.findIndex(({ name }) => name === proberVariable) : -1;
  const known = env[index];
  const changed =
    known === undefined
      ? [...env, { name: proberVariable, value: encodeTyped(probersType, probers) }]
      : env.with(index, withProbers(known, probers));
  return replaceContainer(pod, sidecar, { ...sidecar.container, env: changed });
}

/** What an earlier injection told wins: the pod's own handlers may point at the agent by now. */
function withProbers(known: EnvVar, probers: JsonObject): EnvVar {
  const earlier = readProbers(known.value ?? '');
  if (earlier === undefined) return known;
  return { ...known, value: encodeTyped(probersType, { ...probers, ...earlier }) };
}

/** The variable's handlers by the paths that the agent answers under; undefined for another text. */
export function readProbers(text: string): JsonObject | undefined {
  try {
    const probers = decode(probersSchema, { probers: JSON.parse(text) as JsonValue })['probers'];
    return isJsonObject(probers) ? probers : {};
  } catch {
    return undefined;
  }
}

function collectProbers(pod: Pod, statusPort: number): JsonObject {
  // Without a prototype, because V8 would make a shape of its own for each path.
  const probers = Object.create(null) as JsonObject;
  for (const list of ['initContainers', 'containers'] as const) {
    for (const container of containersOf(pod, list)) {
      if (!isApplication(container)) continue;
      for (const place of appHandlers(container)) {
        const prober = proberOf(place, container, statusPort);
        if (prober !== undefined) probers[place.path] = prober;
      }
    }
  }
  return probers;
}

function proberOf(
  place: AppHandler,
  container: Container,
  statusPort: number,
): JsonObject | undefined {
  const { httpGet, tcpSocket, grpc } = place.handler;
  const timeout =
    place.kind === 'probe' && place.handler.timeoutSeconds !== undefined
      ? { timeoutSeconds: place.handler.timeoutSeconds }
      : {};
  const member = httpGet === undefined ? 'tcpSocket' : 'httpGet';
  const network = httpGet ?? tcpSocket;
  if (network !== undefined) {
    const port = applicationPort(network.port ?? 0, container, statusPort);
    return port === undefined ? undefined : { [member]: { ...network, port }, ...timeout };
  }
  return grpc !== undefined && place.kind === 'probe' ? { grpc, ...timeout } : undefined;
}

/** The port's number; undefined for an unknown name, and for the agent's own port: that is rewritten already. */
function applicationPort(
  port: number | string,
  container: Container,
  statusPort: number,
): number | undefined {
  if (typeof port === 'number') return port === statusPort ? undefined : port;
  if (port === '') return undefined;
  return container.ports?.findLast(({ name }) => name === port)?.containerPort;
}
