import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openConfiguration } from '../../src/cli/serve/open-configuration.ts';
import type { ServeOptions } from '../../src/cli/serve/serve-options.ts';
import type { ServingConfiguration } from '../../src/cli/serve/serving-configuration.ts';
import type { JsonObject } from '../../src/json.ts';
import { createHttpApiServer } from '../../src/kube/http-api-server.ts';
import { FakeApiServer } from '../kube/fake-api-server.ts';
import { keepLines } from '../kube/log-lines.ts';

const maps = '/api/v1/namespaces/istio-system/configmaps';
const proxyConfigs = '/apis/networking.istio.io/v1beta1/proxyconfigs';
const webhooks = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations';

let fake: FakeApiServer;
let served: ServingConfiguration | undefined;
let log: ReturnType<typeof keepLines>;

beforeEach(async () => {
  fake = await new FakeApiServer().start();
  fake.unknown.add(proxyConfigs);
  log = keepLines();
  namespace('app', { 'istio-injection': 'enabled' });
});
afterEach(async () => {
  await served?.stop();
  await fake.stop();
});

const map = (name: string, data: Record<string, string>) =>
  fake.put(maps, { metadata: { name, namespace: 'istio-system' }, data });
const namespace = (name: string, labels: Record<string, string>) =>
  fake.put('/api/v1/namespaces', { metadata: { name, labels } });
const node = (name: string, kubeletVersion: string) =>
  fake.put('/api/v1/nodes', { metadata: { name }, status: { nodeInfo: { kubeletVersion } } });

/** A sidecar that shows what templates are told. */
const template =
  'spec: {containers: [{name: istio-proxy, image: "{{ .Values.global.hub }}|{{ .MeshConfig.TrustDomain }}' +
  '|{{ .NativeSidecars }}|{{ index .ProxyConfig.ProxyMetadata "FROM" }}|{{ .CompliancePolicy }}"}]}';
const config = (text = template) =>
  JSON.stringify({ policy: 'enabled', templates: { sidecar: text } });
const injectorMap = (hub: string, name = 'istio-sidecar-injector') =>
  map(name, { config: config(), values: JSON.stringify({ global: { hub } }) });

async function serve(over: Partial<ServeOptions> = {}, env: Record<string, string> = {}) {
  const cluster = {
    api: createHttpApiServer(fake.url, async () => {}),
    description: 'in a test',
    namespace: undefined,
  };
  const options: ServeOptions = {
    istioNamespace: 'istio-system',
    port: 0,
    tlsNames: [],
    logLevel: 'info',
    logFormat: 'json',
    ...over,
  };
  const times = { quietMs: 5, mostMs: 50 };
  served = await openConfiguration({ options, env, cluster, logger: log.logger, times });
  return served;
}

const until = (check: () => void) => vi.waitFor(check, { interval: 5, timeout: 5000 });
const ready = () => until(() => expect(served?.readiness()).toEqual([]));

function shown(spec: JsonObject = {}, namespace = 'app'): string | undefined {
  const result = served?.current()?.inject({ pod: { spec }, namespace });
  return result?.outcome === 'injected'
    ? /"image":"([^"]*)"/.exec(JSON.stringify(result.patch))?.[1]
    : result?.outcome;
}

describe('a server in a cluster', () => {
  test('waits for its ConfigMap, then follows it and the mesh', async () => {
    await serve();
    await until(() =>
      expect(served?.readiness()).toEqual([
        'waiting for ConfigMap istio-system/istio-sidecar-injector to be created',
      ]),
    );
    expect(served?.current()).toBeUndefined();
    const missing = log.lines.filter(({ level }) => level === 'warn').map(({ msg }) => msg);
    expect(missing.sort()).toEqual([
      'ConfigMap istio-system/istio-sidecar-injector is not there: no pod can be injected before it is created',
      "there is no mesh configuration in ConfigMap istio-system/istio: what other sources or Istio's defaults say holds",
    ]);
    injectorMap('one');
    await ready();
    expect(shown()).toBe('one|cluster.local|true||');
    map('istio', { mesh: 'trustDomain: mine' });
    await until(() => expect(shown()).toBe('one|mine|true||'));
    injectorMap('two');
    await until(() => expect(shown()).toBe('two|mine|true||'));
  });

  test('says in one line that its API server is gone, and in one that it is back', async () => {
    injectorMap('one');
    await serve();
    await ready();
    await until(() => expect(fake.watchers).toBeGreaterThan(3));
    log.lines.length = 0;
    const said = () => log.lines.filter(({ level }) => level !== 'debug').map(({ msg }) => msg);
    await fake.stop();
    await until(() => expect(said()).toHaveLength(1));
    await fake.start();
    await vi.waitFor(() => expect(said()).toHaveLength(2), { interval: 20, timeout: 15_000 });
    expect(said()).toEqual([
      'the cluster cannot be read; what was last known of it holds',
      'the cluster can be read again',
    ]);
    expect(shown()).toBe('one|cluster.local|true||');
  });

  test('keeps the last good configuration when a change is wrong or the ConfigMap goes', async () => {
    injectorMap('one');
    await serve();
    await ready();
    map('istio-sidecar-injector', { config: config('{{ end }}'), values: '{}' });
    const errors = () => log.lines.filter(({ level }) => level === 'error');
    await until(() =>
      expect(errors()[0]?.['error']).toMatch(
        /^ConfigMap istio-system\/istio-sidecar-injector, key config: template "sidecar": .*unexpected/,
      ),
    );
    fake.remove(maps, 'istio-sidecar-injector', 'istio-system');
    await until(() =>
      expect(errors()[1]?.['error']).toBe(
        'ConfigMap istio-system/istio-sidecar-injector: no ConfigMap found',
      ),
    );
    expect(shown()).toBe('one|cluster.local|true||');
    expect(served?.readiness()).toEqual([]);
    expect(served?.status().configuration.lastReload?.ok).toBe(false);
  });

  test('goes by the ConfigMaps of its revision, and by others when flags name them', async () => {
    injectorMap('default');
    injectorMap('canary', 'istio-sidecar-injector-canary');
    map('istio-canary', { mesh: 'trustDomain: canary' });
    namespace('rev', { 'istio.io/rev': 'canary' });
    await serve({}, { REVISION: 'canary' });
    await ready();
    expect(shown({}, 'rev')).toBe('canary|canary|true||');
    await served?.stop();
    map('my-mesh', { mesh: 'trustDomain: named' });
    await serve({
      injectConfigMapName: 'istio-sidecar-injector-canary',
      meshConfigMapName: 'my-mesh',
    });
    await ready();
    expect(shown()).toBe('canary|named|true||');
  });

  test('lays the mesh configuration over the shared one', async () => {
    injectorMap('one');
    map('shared', { mesh: 'trustDomain: shared' });
    await serve({}, { SHARED_MESH_CONFIG: 'shared', COMPLIANCE_POLICY: 'strict' });
    await ready();
    expect(shown()).toBe('one|shared|true||strict');
    map('istio', { mesh: 'trustDomain: own' });
    await until(() => expect(shown()).toContain('|own|'));
  });

  test('asks the nodes whether native sidecars can be, unless it is told', async () => {
    injectorMap('one');
    node('new', 'v1.33.1');
    await serve();
    await ready();
    expect(shown()).toContain('|true|');
    node('old', 'v1.32.9');
    await until(() => expect(shown()).toContain('|false|'));
    expect(shown({ nodeName: 'new' })).toContain('|true|');
    node('old', 'v1.34.0');
    await until(() => expect(shown()).toContain('|true|'));
    await served?.stop();
    fake.seen.length = 0;
    await serve({ nativeSidecars: 'false' });
    await ready();
    expect(shown()).toContain('|false|');
    expect(fake.seen.some(({ path }) => path.endsWith('/nodes'))).toBe(false);
  });

  test('honours ProxyConfig resources, and leaves out one that is wrong', async () => {
    injectorMap('one');
    fake.unknown.delete(proxyConfigs);
    const put = (name: string, spec: JsonObject) =>
      fake.put(proxyConfigs, { metadata: { name, namespace: 'app' }, spec });
    put('a-wrong', { concurrency: 'many' });
    await serve();
    await ready();
    expect(shown()).toBe('one|cluster.local|true||');
    put('b', { environmentVariables: { FROM: 'resource' } });
    await until(() => expect(shown()).toBe('one|cluster.local|true|resource|'));
    fake.remove(proxyConfigs, 'b', 'app');
    await until(() => expect(shown()).toBe('one|cluster.local|true||'));
  });

  test('knows namespaces and revision tags, and says which it leaves alone', async () => {
    injectorMap('one');
    namespace('plain', {});
    namespace('tagged', { 'istio.io/rev': 'prod' });
    await serve();
    await ready();
    expect(shown({}, 'plain')).toBe('skipped');
    expect(shown({}, 'tagged')).toBe('skipped');
    expect(served?.namespaces()).toEqual({
      injected: ['app'],
      onRequest: ['plain'],
      leftAlone: ['tagged'],
    });
    const labels = { 'istio.io/tag': 'prod', 'istio.io/rev': 'default' };
    fake.put(webhooks, { metadata: { name: 'istio-revision-tag-prod', labels } });
    await until(() => expect(shown({}, 'tagged')).toContain('one|'));
    namespace('plain', { 'istio-injection': 'enabled' });
    await until(() => expect(shown({}, 'plain')).toContain('one|'));
  });

  test('is not ready while it may not read namespaces, and says what is missing', async () => {
    injectorMap('one');
    fake.overrides.push(({ path }) =>
      path === '/api/v1/namespaces'
        ? { status: 403, body: { message: 'namespaces is forbidden' } }
        : undefined,
    );
    await serve();
    await until(() =>
      expect(served?.readiness()).toEqual([
        expect.stringMatching(/^waiting for namespaces to be read \(.*is forbidden\)$/),
      ]),
    );
  });

  test('asks the API server for nothing while it injects', async () => {
    injectorMap('one');
    await serve();
    await ready();
    const before = fake.seen.length;
    for (const name of ['app', 'plain', 'unknown']) shown({}, name);
    expect(fake.seen).toHaveLength(before);
  });

  test('tells how well it follows each resource', async () => {
    injectorMap('one');
    await serve();
    await ready();
    const { followed } = served?.status() ?? { followed: [] };
    expect(followed.map(({ resource, synced }) => [resource, synced])).toEqual([
      ['namespaces', true],
      ['webhook configurations of revision tags', true],
      ['nodes', true],
      ['ConfigMap istio-system/istio-sidecar-injector', true],
      ['ConfigMap istio-system/istio', true],
      ['ProxyConfig resources', true],
    ]);
    for (const { silentMs } of followed) expect(silentMs).toBeGreaterThanOrEqual(0);
  });

  test('ends all its requests when it stops', async () => {
    await serve();
    await until(() => expect(fake.watchers).toBe(5));
    await served?.stop();
    await until(() => expect(fake.watchers).toBe(0));
  });
});

describe('a server with files next to a cluster', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'outrigger-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const file = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  test('goes by the file for its part, and by the cluster for the rest', async () => {
    map('istio', { mesh: 'trustDomain: mine' });
    const injectConfigFile = file('config', config());
    const valuesFile = file('values', '{"global": {"hub": "file"}}');
    await serve({ injectConfigFile, valuesFile: [valuesFile] });
    await ready();
    expect(served?.description).toBe(
      `${injectConfigFile}, ${valuesFile}, ConfigMap istio-system/istio`,
    );
    expect(shown()).toBe('file|mine|true||');
    file('values', '{"global": {"hub": "changed"}}');
    await until(() => expect(shown()).toBe('changed|mine|true||'));
    file('values', '{"global": ');
    const refusal = expect.objectContaining({ error: expect.stringContaining(valuesFile) });
    await until(() => expect(log.lines).toContainEqual(refusal));
    expect(shown()).toBe('changed|mine|true||');
  });

  test('decides by the namespaces of a file rather than by those of the cluster', async () => {
    injectorMap('one');
    const namespaces = file('namespaces', 'kind: Namespace\nmetadata: {name: app}\n');
    await serve({ namespaces });
    await ready();
    expect(shown()).toBe('skipped');
    expect(fake.seen.some(({ path }) => path === '/api/v1/namespaces')).toBe(false);
  });
});
