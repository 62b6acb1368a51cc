import type { JsonObject } from '../../src/json.ts';
import type { Random } from './random.ts';

const registries = ['docker.io/acme', 'registry.example:5000/team', 'ghcr.io/acme', 'quay.io/acme'];
const variables = ['DB', 'CACHE', 'QUEUE', 'LOG', 'FEATURE', 'UPSTREAM', 'TRACE', 'REGION'];
const portNames = ['http', 'grpc', 'metrics', 'admin', 'https'];

/** A container as somebody's chart might render it; no two seeds give the same one. */
export function variedContainer(random: Random, name: string): JsonObject {
  const ports = Array.from({ length: random.whole(0, 3) }, (_, at) => ({
    name: `${portNames[at]}`,
    containerPort: random.whole(3000, 9999),
    protocol: 'TCP',
  }));
  const env = Array.from({ length: random.whole(0, 14) }, (_, at) => variable(random, at));
  return {
    name,
    image: `${random.pick(registries)}/${name}:${random.whole(0, 9)}.${random.whole(0, 40)}.${random.whole(0, 9)}`,
    imagePullPolicy: random.percent(80) ? 'IfNotPresent' : 'Always',
    ...(random.percent(20) && { args: ['--config', `/etc/${name}/config-${random.hex(4)}.yaml`] }),
    ...(ports.length > 0 && { ports }),
    ...(env.length > 0 && { env }),
    ...(random.percent(15) && { envFrom: [{ configMapRef: { name: `${name}-env` } }] }),
    ...(random.percent(70) && { resources: resources(random) }),
    ...(random.percent(60) && { readinessProbe: probe(random, ports[0]?.containerPort) }),
    ...(random.percent(45) && { livenessProbe: probe(random, ports[0]?.containerPort) }),
    ...(random.percent(10) && {
      lifecycle: { preStop: { exec: { command: ['sleep', `${random.whole(1, 20)}`] } } },
    }),
    ...(random.percent(40) && {
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    }),
    volumeMounts: [
      ...(random.percent(40) ? [{ name: 'config', mountPath: `/etc/${name}` }] : []),
      {
        name: 'kube-api-access',
        readOnly: true,
        mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
      },
    ],
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  };
}

function variable(random: Random, at: number): JsonObject {
  const name = `${random.pick(variables)}_${at}`;
  const kind = random.whole(0, 9);
  if (kind < 7) return { name, value: `${random.hex(random.whole(3, 30))}` };
  if (kind === 7) return { name, valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } };
  const reference = { name: `settings-${random.hex(3)}`, key: name.toLowerCase() };
  return {
    name,
    valueFrom: kind === 8 ? { configMapKeyRef: reference } : { secretKeyRef: reference },
  };
}

function resources(random: Random): JsonObject {
  const cpu = random.whole(1, 20) * 50;
  const memory = random.whole(1, 16) * 64;
  return {
    requests: { cpu: `${cpu}m`, memory: `${memory}Mi` },
    ...(random.percent(60) && { limits: { cpu: `${cpu * 2}m`, memory: `${memory * 2}Mi` } }),
  };
}

function probe(random: Random, port = 8080): JsonObject {
  const handler = random.whole(0, 9);
  return {
    ...(handler < 6
      ? { httpGet: { path: `/${random.pick(['healthz', 'ready', 'live'])}`, port, scheme: 'HTTP' } }
      : handler < 8
        ? { tcpSocket: { port } }
        : { exec: { command: ['cat', `/tmp/${random.hex(3)}`] } }),
    initialDelaySeconds: random.whole(1, 30),
    periodSeconds: random.whole(5, 30),
    timeoutSeconds: random.whole(1, 5),
    successThreshold: 1,
    failureThreshold: 3,
  };
}
