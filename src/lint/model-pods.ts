/** Pods that templates are tried on. Exports: {@link modelPods}, {@link annotatedPod}, {@link ModelPod}. */
import type { JsonObject } from '../json.ts';

/** A pod of a kind that clusters are full of. */
export interface ModelPod {
  /** For messages: `a pod with …`. */
  readonly name: string;
  readonly pod: JsonObject;
}

const app: JsonObject = { name: 'app', image: 'registry.example/app:1.0' };

function pod(metadata: JsonObject, spec: JsonObject): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'model', namespace: 'models', ...metadata },
    spec: { containers: [app], ...spec },
  };
}

function annotated(annotations: JsonObject, spec: JsonObject = {}): JsonObject {
  return pod({ annotations }, spec);
}

/** Every annotation that Istio's templates know, with a value that is allowed. */
const everyAnnotation: JsonObject = {
  'sidecar.istio.io/agentLogLevel': 'default:debug',
  'sidecar.istio.io/bootstrapOverride': 'my-bootstrap',
  'sidecar.istio.io/capNetBindService': 'true',
  'sidecar.istio.io/componentLogLevel': 'http:trace,router:debug',
  'sidecar.istio.io/logLevel': 'info',
  'sidecar.istio.io/proxyCPU': '100m',
  'sidecar.istio.io/proxyCPULimit': '2',
  'sidecar.istio.io/proxyImage': 'registry.example/proxy:2',
  'sidecar.istio.io/proxyMemory': '64Mi',
  'sidecar.istio.io/proxyMemoryLimit': '1Gi',
  'sidecar.istio.io/userVolume': '{"mine":{"emptyDir":{}}}',
  'sidecar.istio.io/userVolumeMount': '{"mine":{"mountPath":"/mine","readOnly":true}}',
  'status.sidecar.istio.io/port': '15022',
  'readiness.status.sidecar.istio.io/initialDelaySeconds': '1',
  'readiness.status.sidecar.istio.io/periodSeconds': '2',
  'readiness.status.sidecar.istio.io/failureThreshold': '3',
  'traffic.sidecar.istio.io/includeOutboundIPRanges': '10.0.0.0/8,192.168.0.0/16',
  'traffic.sidecar.istio.io/excludeOutboundIPRanges': '10.1.0.0/16',
  'traffic.sidecar.istio.io/includeInboundPorts': '8080,8443',
  'traffic.sidecar.istio.io/excludeInboundPorts': '9000',
  'traffic.sidecar.istio.io/includeOutboundPorts': '443',
  'traffic.sidecar.istio.io/excludeOutboundPorts': '3306,6379',
  'traffic.sidecar.istio.io/excludeInterfaces': 'eth1',
  'istio.io/reroute-virtual-interfaces': 'net1',
  'k8s.v1.cni.cncf.io/networks': 'other/network',
  'apm.datadoghq.com/env': '{"DD_ENV":"test"}',
  'resource.opentelemetry.io/service.namespace': 'shop',
  'proxy.istio.io/config': 'proxyMetadata: {MODEL: "true", ISTIO_META_ENABLE_HBONE: "true"}',
};

/** A pod with every annotation. */
export const annotatedPod: JsonObject = annotated(everyAnnotation);

const replicaSetPod: JsonObject = {
  generateName: 'model-6c9f8d7b5-',
  labels: { app: 'model', version: 'v1', 'pod-template-hash': '6c9f8d7b5' },
  ownerReferences: [
    { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'model-6c9f8d7b5', controller: true },
  ],
};

/** One of each kind; templates that get along with these get along with most. */
export const modelPods: readonly ModelPod[] = [
  { name: 'a pod with nothing but a container', pod: pod({}, {}) },
  {
    name: 'a pod of a Deployment with ports, probes and volumes',
    pod: pod(replicaSetPod, {
      serviceAccountName: 'model',
      initContainers: [{ name: 'setup', image: 'registry.example/setup:1.0' }],
      containers: [
        {
          ...app,
          ports: [
            { name: 'http', containerPort: 8080, protocol: 'TCP' },
            { containerPort: 9000, protocol: 'UDP', hostPort: 9000, hostIP: '10.0.0.1' },
          ],
          env: [{ name: 'A', value: 'b' }],
          resources: { requests: { cpu: '100m' }, limits: { memory: '1Gi' } },
          readinessProbe: { httpGet: { path: '/ready', port: 'http' } },
          volumeMounts: [{ name: 'data', mountPath: '/data' }],
        },
        { name: 'second', image: 'registry.example/second@sha256:abc' },
      ],
      volumes: [{ name: 'data', emptyDir: {} }],
      securityContext: { runAsUser: 1000, fsGroup: 1000 },
    }),
  },
  { name: 'a pod with every annotation', pod: annotatedPod },
  {
    name: 'a pod with transparent proxying',
    pod: annotated({ 'sidecar.istio.io/interceptionMode': 'TPROXY' }),
  },
  {
    name: 'a pod without traffic capture and probes',
    pod: annotated({
      'sidecar.istio.io/interceptionMode': 'NONE',
      'status.sidecar.istio.io/port': '0',
    }),
  },
  {
    name: 'a pod with older annotations',
    pod: annotated({
      'traffic.sidecar.istio.io/kubevirtInterfaces': 'net1,net2',
      'sidecar.istio.io/nativeSidecar': 'false',
      'kubectl.kubernetes.io/default-container': 'app',
    }),
  },
  {
    name: 'a gateway',
    pod: pod(
      { labels: { istio: 'ingress' } },
      { containers: [{ name: 'istio-proxy', image: 'auto' }] },
    ),
  },
  {
    name: 'a pod with its own settings for istio-proxy',
    pod: pod(
      {},
      {
        containers: [
          app,
          { name: 'istio-proxy', image: 'auto', resources: { limits: { cpu: '1' } } },
        ],
      },
    ),
  },
];
