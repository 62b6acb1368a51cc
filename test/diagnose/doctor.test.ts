import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { selfSignedCertificate } from '../../src/certs/self-signed.ts';
import type { Dial } from '../../src/certs/served-chain.ts';
import { examineCluster } from '../../src/diagnose/examine-cluster.ts';
import { isJsonObject, type JsonObject } from '../../src/json.ts';
import { ApiError } from '../../src/kube/api-error.ts';
import type { ApiRequest, ApiServer } from '../../src/kube/api-server.ts';

const service = { name: 'outrigger', namespace: 'mesh' };
const now = new Date();
const { certificate } = await selfSignedCertificate(['outrigger.mesh.svc'], now);
const other = await selfSignedCertificate(['router.home'], now);
const bundle = Buffer.from(certificate).toString('base64');

function configuration(name: string, caBundle = bundle): JsonObject {
  const namespaceSelector = { matchLabels: { 'istio-injection': 'enabled' } };
  const entry = { name: 'namespace.sidecar-injector.istio.io', namespaceSelector };
  return {
    metadata: { name, labels: { 'istio.io/rev': 'default' } },
    webhooks: [{ ...entry, clientConfig: { service, caBundle } }],
  };
}

const namespace = (name: string, labels = {}): JsonObject => ({ metadata: { name, labels } });
const list = (...items: JsonObject[]) => ({ items, metadata: { resourceVersion: '1' } });

interface Cluster {
  configurations?: JsonObject[];
  namespaces?: JsonObject[];
  ready?: number;
  requests?: number;
  trial?: (body: JsonObject) => JsonObject;
  allowed?: (attributes: JsonObject) => boolean;
  /** Who asks, as the API server sees it. */
  asking?: string;
  /** Why a client that trusts caBundle hangs up. */
  distrust?: string;
  reachable?: boolean;
  /** PEM of what answers. */
  served?: string;
}

function apiOf(cluster: Cluster): ApiServer {
  const answers: [RegExp, (request: ApiRequest) => JsonObject][] = [
    [/mutatingwebhook/, () => list(...(cluster.configurations ?? [configuration('ours')]))],
    [
      /v1\/namespaces$/,
      () =>
        list(
          ...(cluster.namespaces ?? [
            namespace('mesh'),
            namespace('shop', { 'istio-injection': 'enabled' }),
          ]),
        ),
    ],
    [
      /services\/outrigger$/,
      () => ({ spec: { selector: { app: 'outrigger' }, clusterIP: '10.0.0.9' } }),
    ],
    [/proxy\/requests$/, () => ({ total: cluster.requests ?? 3 })],
    [/mesh\/pods$/, () => list({ metadata: { name: 'o-1', labels: {} }, spec: {} })],
    [
      /endpointslices$/,
      () => list({ endpoints: Array.from({ length: cluster.ready ?? 2 }, () => ({})) }),
    ],
    [/selfsubjectreviews$/, () => ({ status: { userInfo: { username: cluster.asking ?? 'me' } } })],
    [
      cluster.asking === undefined ? /\/subjectaccessreviews$/ : /\/selfsubjectaccessreviews$/,
      ({ body }) => {
        const { resourceAttributes } = (body as { spec: { resourceAttributes: JsonObject } }).spec;
        return { status: { allowed: cluster.allowed?.(resourceAttributes) ?? true } };
      },
    ],
    [
      /shop\/pods$/,
      ({ body, query }) => {
        expect(query).toEqual({ dryRun: 'All' });
        return (cluster.trial ?? injected)(isJsonObject(body) ? body : {});
      },
    ],
  ];
  return {
    url: '',
    async request(request) {
      const [, answer] = answers.find(([pattern]) => pattern.test(request.path)) ?? [];
      if (answer === undefined) throw new ApiError(`${request.path}: HTTP 404`, { status: 404 });
      return answer(request);
    },
    async *stream() {},
    close() {},
  };
}

function injected(): JsonObject {
  const annotations = { 'sidecar.istio.io/status': '{}' };
  return { metadata: { annotations, creationTimestamp: now.toISOString() } };
}

async function examine(cluster: Cluster = {}) {
  const checks = await examineCluster({
    api: apiOf(cluster),
    service,
    istioNamespace: 'istio-system',
    metricsPort: 15014,
    trialNamespace: undefined,
    connect: undefined,
    outside: true,
    dial: async (dial: Dial) => {
      if (cluster.reachable === false) throw new Error(`nobody answers at ${dial.host}`);
      expect(dial).toMatchObject({ port: 443, servername: 'outrigger.mesh.svc', ca: certificate });
      return {
        chain: [new X509Certificate(cluster.served ?? certificate)],
        distrust: cluster.distrust,
      };
    },
    now: () => now,
  });
  return Object.fromEntries(checks.map((check) => [check.name, check]));
}

describe('the doctor', () => {
  test('finds nothing wrong where nothing is', async () => {
    const checks = await examine();
    expect(Object.keys(checks)).toEqual([
      'webhooks',
      'ca-bundle',
      'endpoints',
      'served-certificate',
      'own-namespace',
      'other-injectors',
      'requests',
      'trial',
      'clock',
      'rights',
    ]);
    expect(Object.values(checks).filter(({ state }) => state !== 'ok')).toEqual([]);
  });

  test.each<[string, string, string, Cluster]>([
    ['webhooks', 'failed', 'nothing is injected', { configurations: [] }],
    ['ca-bundle', 'failed', 'is empty', { configurations: [configuration('ours', '')] }],
    ['ca-bundle', 'failed', 'ours', { configurations: [configuration('ours', 'AAAA')] }],
    ['endpoints', 'failed', 'no ready endpoint', { ready: 0 }],
    ['endpoints', 'warning', 'one ready endpoint', { ready: 1 }],
    [
      'own-namespace',
      'failed',
      'own pods',
      { namespaces: [namespace('mesh', { 'istio-injection': 'enabled' })], trial: injected },
    ],
    [
      'other-injectors',
      'failed',
      'ours and theirs',
      { configurations: [configuration('ours'), configuration('theirs')] },
    ],
    ['requests', 'warning', 'no request has arrived', { requests: 0 }],
    ['trial', 'failed', 'no sidecar', { trial: () => ({ metadata: {} }) }],
    [
      'clock',
      'failed',
      'apart',
      { trial: () => ({ metadata: { creationTimestamp: '2001-01-01T00:00:00Z' } }) },
    ],
    [
      'rights',
      'failed',
      'may not watch nodes, update secrets/outrigger-ca in mesh',
      {
        allowed: ({ verb, resource }) =>
          !(verb === 'watch' && resource === 'nodes') && verb !== 'update',
      },
    ],
    [
      'rights',
      'failed',
      'may not patch mutatingwebhookconfigurations.admissionregistration.k8s.io/of-a-tag',
      {
        configurations: [configuration('ours'), configuration('of-a-tag')],
        allowed: ({ name }) => name !== 'of-a-tag',
      },
    ],
    [
      'served-certificate',
      'failed',
      'is not what caBundle of ours vouches for (SELF_SIGNED_CERT_IN_CHAIN)',
      { distrust: 'SELF_SIGNED_CERT_IN_CHAIN' },
    ],
    [
      'served-certificate',
      'unknown',
      'no certificate for outrigger.mesh.svc',
      { served: other.certificate, distrust: 'SELF_SIGNED_CERT_IN_CHAIN' },
    ],
    ['served-certificate', 'unknown', 'nobody answers at 10.0.0.9', { reachable: false }],
  ])('tells of %s: %s, %s', async (name, state, text, cluster) => {
    const check = (await examine(cluster))[name];
    expect(check).toMatchObject({
      state,
      detail: expect.stringContaining(text),
      todo: expect.stringMatching(/./),
    });
  });

  test('run by the account of the injector asks about itself', async () => {
    const { rights } = await examine({ asking: 'system:serviceaccount:mesh:outrigger' });
    expect(rights).toMatchObject({ state: 'ok' });
  });

  test('knows the refusals of the API server', async () => {
    const refusals = [
      ['x509: certificate signed by unknown authority', 'caBundle'],
      ['no endpoints available for service', 'No replica'],
      ['context deadline exceeded', '15017'],
    ];
    for (const [message = '', todo] of refusals) {
      const checks = await examine({
        trial: () => {
          throw new ApiError(`failed calling webhook: ${message}`, { status: 500 });
        },
      });
      expect(checks['trial']).toMatchObject({
        state: 'failed',
        todo: expect.stringContaining(todo ?? ''),
      });
    }
  });
});
