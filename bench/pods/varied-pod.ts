import type { JsonObject } from '../../src/json.ts';
import { accessVolume, schedulingDefaults } from './api-server-additions.ts';
import { Random } from './random.ts';
import { variedContainer } from './varied-container.ts';

const parts = ['cart', 'order', 'stock', 'user', 'mail', 'search', 'price', 'audit', 'report'];
const roles = ['api', 'worker', 'web', 'cron', 'sync', 'gateway', 'store'];

/**
 * A pod as the API server shows it to webhooks when a controller makes it. The pods of different seeds differ in
 * everything that a cluster's pods differ in: names, images, labels, annotations, environment, probes, ports,
 * number of containers, volumes and owners.
 */
export function variedPod(seed: number): JsonObject {
  const random = new Random(seed);
  const name = `${random.pick(parts)}-${random.pick(roles)}-${seed}`;
  const hash = random.hex(9);
  const containers = Array.from({ length: random.pick([1, 1, 1, 1, 2, 2, 3]) }, (_, at) =>
    variedContainer(random, at === 0 ? name : `${name}-helper-${at}`),
  );
  const annotations = annotationsOf(random);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: `${name}-${hash}-`,
      namespace: namespaceOf(random),
      labels: labelsOf(random, name, hash),
      ...(Object.keys(annotations).length > 0 && { annotations }),
      ownerReferences: [ownerOf(random, name, hash)],
    },
    spec: {
      volumes: [
        ...(random.percent(40) ? [{ name: 'config', configMap: { name: `${name}-config` } }] : []),
        ...(random.percent(20) ? [{ name: 'scratch', emptyDir: {} }] : []),
        accessVolume,
      ],
      ...(random.percent(15) && { initContainers: [variedContainer(random, `${name}-init`)] }),
      containers,
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: random.pick([30, 30, 60, 120]),
      dnsPolicy: 'ClusterFirst',
      serviceAccountName: random.percent(60) ? name : 'default',
      securityContext: random.percent(50)
        ? { runAsNonRoot: true, fsGroup: random.whole(1000, 3000) }
        : {},
      ...(random.percent(15) && { nodeSelector: { 'acme.example/pool': random.pick(roles) } }),
      ...schedulingDefaults,
    },
  };
}

function namespaceOf(random: Random): string {
  return `${random.pick(parts)}-${random.pick(['dev', 'test', 'prod'])}`;
}

function labelsOf(random: Random, name: string, hash: string): { [name: string]: string } {
  return {
    app: name,
    ...(random.percent(60) && { version: `v${random.whole(1, 9)}` }),
    ...(random.percent(50) && {
      'app.kubernetes.io/name': name,
      'app.kubernetes.io/instance': `${name}-${random.hex(3)}`,
      'app.kubernetes.io/managed-by': 'Helm',
    }),
    ...(random.percent(40) && { 'acme.example/team': random.pick(parts) }),
    'pod-template-hash': hash,
  };
}

function annotationsOf(random: Random): { [name: string]: string } {
  return {
    ...(random.percent(30) && { 'checksum/config': random.hex(64) }),
    ...(random.percent(30) && {
      'prometheus.io/scrape': 'true',
      'prometheus.io/port': `${random.whole(3000, 9999)}`,
      'prometheus.io/path': `/${random.pick(['metrics', 'stats', 'prometheus'])}`,
    }),
    ...(random.percent(15) && { 'kubectl.kubernetes.io/restartedAt': '2026-01-02T03:04:05Z' }),
    ...(random.percent(10) && {
      'sidecar.istio.io/proxyCPU': `${random.whole(1, 9) * 50}m`,
      'sidecar.istio.io/proxyMemory': `${random.whole(1, 9) * 64}Mi`,
    }),
    ...(random.percent(8) && {
      'traffic.sidecar.istio.io/excludeOutboundPorts': `${random.whole(1000, 9999)}`,
    }),
    ...(random.percent(5) && {
      'proxy.istio.io/config': `holdApplicationUntilProxyStarts: true\nconcurrency: ${random.whole(1, 8)}\n`,
    }),
  };
}

function ownerOf(random: Random, name: string, hash: string): JsonObject {
  const kind = random.pick(['ReplicaSet', 'ReplicaSet', 'ReplicaSet', 'StatefulSet', 'DaemonSet']);
  return {
    apiVersion: 'apps/v1',
    kind,
    name: kind === 'ReplicaSet' ? `${name}-${hash}` : name,
    uid: `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-9${random.hex(3)}-${random.hex(12)}`,
    controller: true,
    blockOwnerDeletion: true,
  };
}
