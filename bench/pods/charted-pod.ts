import type { JsonObject } from '../../src/json.ts';
import { accessVolume, schedulingDefaults } from './api-server-additions.ts';
import { Random } from './random.ts';

const teams = ['orders', 'stock', 'mail', 'billing', 'search'];

/**
 * A pod of one of many workloads that the same chart makes, as most workloads of a cluster are made: the structure is
 * that of all others; names, images, labels, hashes, ports, resources and values of variables are its own.
 */
export function chartedPod(seed: number): JsonObject {
  const random = new Random(seed);
  const team = random.pick(teams);
  const name = `${team}-${random.hex(4)}-${seed}`;
  const hash = random.hex(9);
  const port = random.whole(3000, 7999);
  const cpu = random.whole(1, 20) * 50;
  const memory = random.whole(1, 16) * 64;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: `${name}-${hash}-`,
      namespace: `${team}-prod`,
      labels: {
        'app.kubernetes.io/name': 'service',
        'app.kubernetes.io/instance': name,
        'app.kubernetes.io/version': `1.${random.whole(0, 40)}`,
        'app.kubernetes.io/managed-by': 'Helm',
        'pod-template-hash': hash,
      },
      annotations: {
        'checksum/config': random.hex(64),
        'prometheus.io/scrape': 'true',
        'prometheus.io/port': `${port + 1}`,
      },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: `${name}-${hash}`,
          uid: `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-9${random.hex(3)}-${random.hex(12)}`,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: {
      volumes: [{ name: 'config', configMap: { name: `${name}-config` } }, accessVolume],
      containers: [
        {
          name: 'service',
          image: `registry.example/${team}/${name}:1.${random.whole(0, 40)}.${random.whole(0, 9)}`,
          imagePullPolicy: 'IfNotPresent',
          ports: [
            { name: 'http', containerPort: port, protocol: 'TCP' },
            { name: 'metrics', containerPort: port + 1, protocol: 'TCP' },
          ],
          env: [
            { name: 'SERVICE_NAME', value: name },
            { name: 'LISTEN', value: `:${port}` },
            { name: 'DATABASE_URL', value: `postgres://${random.hex(6)}.db:5432/${name}` },
            { name: 'LOG_LEVEL', value: random.pick(['debug', 'info', 'warn']) },
            { name: 'FEATURES', value: random.hex(random.whole(3, 30)) },
            { name: 'NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
            {
              name: 'PASSWORD',
              valueFrom: { secretKeyRef: { name: `${name}-db`, key: 'password' } },
            },
          ],
          resources: {
            requests: { cpu: `${cpu}m`, memory: `${memory}Mi` },
            limits: { memory: `${memory * 2}Mi` },
          },
          readinessProbe: probe('/ready', port),
          livenessProbe: probe('/healthz', port),
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          volumeMounts: [
            { name: 'config', mountPath: '/etc/service' },
            {
              name: 'kube-api-access',
              readOnly: true,
              mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
            },
          ],
          terminationMessagePath: '/dev/termination-log',
          terminationMessagePolicy: 'File',
        },
      ],
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 30,
      dnsPolicy: 'ClusterFirst',
      serviceAccountName: name,
      securityContext: { runAsNonRoot: true, fsGroup: 1000 },
      ...schedulingDefaults,
    },
  };
}

function probe(path: string, port: number): JsonObject {
  return {
    httpGet: { path, port, scheme: 'HTTP' },
    initialDelaySeconds: 5,
    periodSeconds: 10,
    timeoutSeconds: 1,
    successThreshold: 1,
    failureThreshold: 3,
  };
}
