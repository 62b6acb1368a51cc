/**
 * Random pods as an API server might hand them over: names from small pools, so that lists collide and
 * repeat, quantities in every spelling, and at every depth members that are unknown, null or empty.
 */
import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../src/json.ts';
import { list, object, partial, sprinkled } from './json.ts';

const word = fc.constantFrom('alpha', 'beta', 'gamma', 'delta');
const text = fc.oneof(word, fc.constantFrom('a b', '<&>', 'ünï', '"quoted"', 'back\\slash'));
const flag = fc.boolean();
const count = fc.integer({ min: 0, max: 9 });

/** Keys of labels and annotations, slashes and all. */
const metaKey = fc.constantFrom(
  'app',
  'version',
  'example.com/team',
  'a~b/c',
  '__proto__',
  'constructor',
);

/** Members of a string map; the odd value may be null, which reads as empty. */
export const stringMap: fc.Arbitrary<JsonObject> = fc
  .array(
    fc.tuple(
      metaKey,
      fc.oneof(
        { weight: 8, arbitrary: text as fc.Arbitrary<JsonValue> },
        { weight: 1, arbitrary: fc.constant(null) },
      ),
    ),
    {
      maxLength: 4,
    },
  )
  .map((entries) => Object.fromEntries(entries));

export const quantity: fc.Arbitrary<JsonValue> = fc.constantFrom<JsonValue>(
  '1',
  '0.5',
  '500m',
  '2000m',
  '1024Mi',
  '1.5Gi',
  '1000Mi',
  '100000000',
  '1e3',
  '12e6',
  '0.1m',
  '0',
  2,
  0.25,
);

const resourceList = fc.dictionary(fc.constantFrom('cpu', 'memory', 'ephemeral-storage'), quantity);

export const resources: fc.Arbitrary<JsonObject> = sprinkled(
  partial({ limits: resourceList, requests: resourceList }),
  { limits: {}, requests: null, claims: [] },
);

const localReference = sprinkled(partial({ name: word }), { name: '' });

const envSource = partial({
  fieldRef: object({ fieldPath: fc.constantFrom('metadata.name', 'spec.nodeName') }),
  configMapKeyRef: object({ key: word }, { name: word, optional: flag }),
  resourceFieldRef: object({ resource: fc.constant('limits.cpu') }, { divisor: quantity }),
});

/** An entry of a container's environment; few names, so that they repeat. */
export const envVar: fc.Arbitrary<JsonObject> = sprinkled(
  object({ name: fc.constantFrom('A', 'B', 'C', 'D', 'E') }, { value: text, valueFrom: envSource }),
  { value: '', valueFrom: null },
);

const containerPort = sprinkled(
  object(
    { containerPort: fc.constantFrom(80, 8080, 9090) },
    { name: word, protocol: fc.constantFrom('TCP', 'UDP'), hostPort: count },
  ),
  { hostPort: 0, hostIP: '', name: null },
);

const httpGet = sprinkled(
  object(
    { port: fc.constantFrom<JsonValue>(80, '80', 'http', 0) },
    {
      path: fc.constantFrom('/', '/a?b=1&c=2'),
      scheme: fc.constantFrom('HTTP', 'HTTPS'),
      host: word,
      httpHeaders: list(object({ name: word, value: text }), 2),
    },
  ),
  { path: '', host: null, httpHeaders: [] },
);

const tcpSocket = object({ port: fc.constantFrom<JsonValue>(80, 'http') }, { host: word });
const exec = partial({ command: list(word, 2) });
const grpc = object({ port: count }, { service: fc.constantFrom<JsonValue>('svc', '', null) });

export const probe: fc.Arbitrary<JsonObject> = sprinkled(
  partial({
    httpGet,
    tcpSocket,
    exec,
    grpc,
    initialDelaySeconds: count,
    timeoutSeconds: count,
    terminationGracePeriodSeconds: count,
  }),
  { exec: null, periodSeconds: 0, successThreshold: null },
);

const handler = partial({ exec, httpGet, tcpSocket, sleep: object({ seconds: count }) });

const securityContext = sprinkled(
  partial({
    runAsUser: fc.constantFrom(0, 1000, 1337),
    runAsGroup: fc.constantFrom(0, 1337),
    privileged: flag,
    capabilities: partial({ add: list(word, 2), drop: list(fc.constant('ALL'), 1) }),
  }),
  { runAsNonRoot: null, capabilities: {}, procMount: '' },
);

const volumeMount = sprinkled(
  object(
    { name: word, mountPath: fc.constantFrom('/etc', '/var', '/tmp') },
    { readOnly: flag, subPath: word },
  ),
  { readOnly: false, subPath: '' },
);

const containerName = fc.constantFrom('app', 'web', 'istio-proxy', 'istio-init', 'log');

/** A container of any list. */
export const container: fc.Arbitrary<JsonObject> = sprinkled(
  object(
    { name: containerName },
    {
      image: fc.constantFrom('app:1', 'auto', 'registry/app@sha256:0'),
      command: list(text, 3),
      args: list(text, 4),
      ports: list(containerPort, 3),
      env: list(envVar, 6),
      envFrom: list(sprinkled(partial({ prefix: word, configMapRef: localReference })), 2),
      resources,
      volumeMounts: list(volumeMount, 3),
      livenessProbe: probe,
      readinessProbe: probe,
      startupProbe: probe,
      lifecycle: partial({ preStop: handler, postStart: handler }),
      securityContext,
      restartPolicy: fc.constant('Always'),
      stdin: flag,
      imagePullPolicy: fc.constantFrom('Always', 'IfNotPresent'),
    },
  ),
  { args: [], env: [], image: '', tty: false, livenessProbe: null, ports: null, workingDir: null },
);

const keyToPath = object({ key: word, path: word }, { mode: fc.constant(420) });

/** A volume; now and then with two sources, as a merge may leave it. */
export const volume: fc.Arbitrary<JsonObject> = sprinkled(
  object(
    { name: word },
    {
      emptyDir: sprinkled(partial({ medium: fc.constant('Memory'), sizeLimit: quantity })),
      configMap: sprinkled(
        partial({ name: word, items: list(keyToPath, 2), defaultMode: fc.constant(420) }),
        { items: [], optional: null },
      ),
      secret: partial({ secretName: word, optional: flag }),
      hostPath: object({ path: fc.constantFrom('/', '/var') }, { type: fc.constant('') }),
      projected: object({
        sources: list(
          partial({
            serviceAccountToken: object({ path: word }, { expirationSeconds: count }),
            downwardAPI: partial({ items: list(object({ path: word }), 2) }),
          }),
          2,
        ),
      }),
    },
  ),
  { emptyDir: null, nfs: null },
);

const toleration = sprinkled(
  partial({ key: word, operator: fc.constantFrom('Exists', 'Equal'), tolerationSeconds: count }),
  { value: '', effect: null },
);

const nodeSelectorTerm = partial({
  matchExpressions: list(
    sprinkled(
      object({ key: word, operator: fc.constantFrom('In', 'Exists') }, { values: list(word) }),
    ),
    2,
  ),
});

const affinity = sprinkled(
  partial({
    nodeAffinity: partial({
      requiredDuringSchedulingIgnoredDuringExecution: object({
        nodeSelectorTerms: list(nodeSelectorTerm, 2),
      }),
      preferredDuringSchedulingIgnoredDuringExecution: list(
        object({ weight: count, preference: nodeSelectorTerm }),
        2,
      ),
    }),
  }),
  { podAffinity: null, podAntiAffinity: {} },
);

const podSecurityContext = sprinkled(
  partial({
    fsGroup: fc.constantFrom(0, 1337),
    runAsUser: fc.constantFrom(0, 1000),
    supplementalGroups: list(count, 2),
    sysctls: list(object({ name: word, value: text }), 2),
  }),
  { sysctls: [], supplementalGroups: null },
);

export const objectMeta: fc.Arbitrary<JsonObject> = sprinkled(
  partial({
    name: word,
    generateName: fc.constant('alpha-'),
    namespace: word,
    labels: stringMap,
    annotations: stringMap,
    finalizers: fc.uniqueArray(word, { maxLength: 3 }),
    ownerReferences: list(
      sprinkled(
        object(
          {
            uid: word,
            kind: fc.constant('ReplicaSet'),
            name: word,
            apiVersion: fc.constant('apps/v1'),
          },
          { controller: flag },
        ),
      ),
      2,
    ),
    creationTimestamp: fc.constantFrom<JsonValue>(
      '2024-05-06T07:08:09Z',
      '2024-05-06T07:08:09.123+02:00',
      null,
    ),
  }),
  { labels: {}, annotations: null, finalizers: [], generation: 0, uid: '' },
);

export const podSpec: fc.Arbitrary<JsonObject> = sprinkled(
  object(
    { containers: list(container, 3) },
    {
      initContainers: list(container, 3),
      ephemeralContainers: list(
        sprinkled(
          object({ name: containerName }, { targetContainerName: word, env: list(envVar, 2) }),
        ),
        1,
      ),
      volumes: list(volume, 4),
      imagePullSecrets: list(object({ name: word }), 3),
      tolerations: list(toleration, 3),
      hostAliases: list(
        object({ ip: fc.constantFrom('10.0.0.1', '10.0.0.2') }, { hostnames: list(word, 2) }),
        2,
      ),
      nodeSelector: stringMap,
      affinity,
      securityContext: podSecurityContext,
      dnsConfig: sprinkled(partial({ searches: list(word, 3), nameservers: list(word, 2) })),
      hostNetwork: flag,
      serviceAccountName: word,
      terminationGracePeriodSeconds: count,
      restartPolicy: fc.constant('Always'),
      overhead: resourceList,
      readinessGates: list(object({ conditionType: word }), 2),
    },
  ),
  {
    initContainers: [],
    volumes: null,
    hostNetwork: false,
    nodeSelector: {},
    priority: null,
    hostname: '',
    affinity: null,
  },
);

/** A pod as it comes in, before anything is normal about it. */
export const pod: fc.Arbitrary<JsonObject> = sprinkled(
  partial({
    apiVersion: fc.constant('v1'),
    kind: fc.constant('Pod'),
    metadata: fc.oneof(
      { weight: 9, arbitrary: objectMeta as fc.Arbitrary<JsonValue> },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
    spec: fc.oneof(
      { weight: 19, arbitrary: podSpec as fc.Arbitrary<JsonValue> },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
    status: fc.constantFrom<JsonValue>({}, { phase: 'Pending', qosClass: 'Burstable' }),
  }),
);
