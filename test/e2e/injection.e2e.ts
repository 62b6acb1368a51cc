import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { yardstick } from '../conformance/conformance-folder.ts';
import { Cluster } from './cluster.ts';
import { table, tableNamespaces } from './decision-table.ts';
import { applyIstio, Installation } from './installation.ts';
import { createPod, isInjected, makeNamespace, simplePod } from './pods.ts';
import { postTo } from './post-to.ts';
import { readObjects } from './read-objects.ts';
import { until } from './until.ts';

const assets = inject('assets');

describe.skipIf(assets === '')('in a cluster with two replicas', () => {
  let cluster: Cluster;
  let installation: Installation;

  beforeAll(async () => {
    cluster = await Cluster.start(assets);
    await applyIstio(cluster);
    installation = await Installation.install(cluster);
    await installation.startTwo();
  });
  afterAll(async () => {
    await installation?.close();
    await cluster?.stop();
  });

  test('every pod of an application in a labelled namespace comes back injected', async () => {
    await makeNamespace(cluster, 'shop', { 'istio-injection': 'enabled' });
    const names = ['front', 'cart', 'catalogue', 'stock'];
    const items = names.map((name) => deployment(name, 2));
    await cluster.apply(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }), '-n', 'shop');
    await expectInjected('shop', names.length * 2);
  });

  const bookinfo = yardstick('data', 'istio', 'samples', 'bookinfo.yaml');
  test.skipIf(bookinfo === undefined)('so does every pod of bookinfo', async () => {
    await makeNamespace(cluster, 'bookinfo', { 'istio-injection': 'enabled' });
    await cluster.kubectl(['apply', '-n', 'bookinfo', '-f', bookinfo!]);
    const deployments = await cluster.get('deployments', '-n', 'bookinfo');
    const count = (deployments['items'] as unknown[]).length;
    expect(count).toBeGreaterThan(0);
    await expectInjected('bookinfo', count);
  });

  test("the injector's own namespace gets its pods without being asked", async () => {
    const pods = await until('the pods of the Deployment', async () => {
      const { items } = (await cluster.get('pods', '-n', 'outrigger-system')) as {
        items: JsonObject[];
      };
      return items.length === 2 ? items : undefined;
    });
    expect(pods.map(isInjected)).toEqual([false, false]);
  });

  test('labels of namespace and pod decide by the table', async () => {
    await Promise.all(
      Object.entries(tableNamespaces).map(([name, labels]) => makeNamespace(cluster, name, labels)),
    );
    expect(await tryTable('selectors')).toEqual(wantedTable);
  });

  test('what the pod itself says counts, too', async () => {
    await makeNamespace(cluster, 'second-gate', { 'istio-injection': 'enabled' });
    await makeNamespace(cluster, 'nobody-asked');
    const refused = { annotations: { 'sidecar.istio.io/inject': 'false' } };
    const wanted = { annotations: { 'sidecar.istio.io/inject': 'true' } };
    const onHost = { spec: { hostNetwork: true } };
    const outcomes = {
      annotationFalse: await created('second-gate', simplePod('refused', {}, refused)),
      hostNetwork: await created('second-gate', simplePod('on-host', {}, onHost)),
      annotationTrueAlone: await created('nobody-asked', simplePod('wanted', {}, wanted)),
    };
    expect(outcomes).toEqual({
      annotationFalse: false,
      hostNetwork: false,
      annotationTrueAlone: false,
    });
  });

  test('a webhook without selectors comes to the same decisions', async () => {
    const configuration = await cluster.get(
      'mutatingwebhookconfiguration',
      'outrigger-sidecar-injector',
    );
    const [first] = configuration['webhooks'] as JsonObject[];
    const outside = {
      key: 'kubernetes.io/metadata.name',
      operator: 'NotIn',
      values: ['outrigger-system', 'kube-system'],
    };
    const open = {
      ...first,
      namespaceSelector: { matchExpressions: [outside] },
      objectSelector: {},
    };
    await setWebhooks([open]);
    // A changed configuration counts within milliseconds, but not at once.
    await until('the new selectors to count', async () => {
      const probe = simplePod('', {}, { annotations: { 'sidecar.istio.io/inject': 'yes' } });
      Object.assign(probe['metadata'] as JsonObject, { generateName: 'probe-', name: undefined });
      const before = installation.balancer.received;
      await createPod(cluster, 'disabled', probe);
      return installation.balancer.received > before || undefined;
    });
    expect(await tryTable('gate')).toEqual(wantedTable);
    await setWebhooks(configuration['webhooks'] as JsonObject[]);
  });

  test('answers a caller of the old version in that version', async () => {
    const answer = await postTo(installation, '/inject', {
      apiVersion: 'admission.k8s.io/v1beta1',
      kind: 'AdmissionReview',
      request: {
        uid: 'an-old-caller',
        kind: { group: '', version: 'v1', kind: 'Pod' },
        resource: { group: '', version: 'v1', resource: 'pods' },
        namespace: 'shop',
        operation: 'CREATE',
        object: simplePod('old'),
      },
    });
    expect(answer).toMatchObject({
      apiVersion: 'admission.k8s.io/v1beta1',
      kind: 'AdmissionReview',
      response: { uid: 'an-old-caller', allowed: true, patchType: 'JSONPatch' },
    });
  });

  test('a request that is a dry run gets the same pod, and nothing is kept', async () => {
    const answer = await cluster.kubectl(
      ['create', '-n', 'shop', '--dry-run=server', '-f', '-', '-o', 'json'],
      JSON.stringify(simplePod('not-kept')),
    );
    expect(isInjected(JSON.parse(answer) as JsonObject)).toBe(true);
    await expect(cluster.get('pod', 'not-kept', '-n', 'shop')).rejects.toThrow('not found');
  });

  /** Waits for so many pods, which the controllers make, and looks at each. */
  async function expectInjected(namespace: string, count: number): Promise<void> {
    const pods = await until('the pods', async () => {
      const { items } = (await cluster.get('pods', '-n', namespace)) as { items: JsonObject[] };
      return items.length === count ? items : undefined;
    });
    expect(pods.map(isInjected)).toEqual(pods.map(() => true));
  }

  async function setWebhooks(value: JsonObject[]): Promise<void> {
    const patch = JSON.stringify([{ op: 'replace', path: '/webhooks', value }]);
    const object = ['mutatingwebhookconfiguration', 'outrigger-sidecar-injector'];
    await cluster.kubectl(['patch', ...object, '--type=json', '-p', patch]);
  }

  async function created(namespace: string, pod: JsonObject): Promise<boolean> {
    return isInjected(await createPod(cluster, namespace, pod));
  }

  /** Creates a pod for every row of the table. */
  async function tryTable(prefix: string): Promise<{ [row: string]: boolean }> {
    const items = table.map(({ namespace, pod: { inject: wish, rev } }, index) => {
      const labels = {
        ...(wish !== undefined && { 'sidecar.istio.io/inject': wish }),
        ...(rev !== undefined && { 'istio.io/rev': rev }),
      };
      const pod = simplePod(`${prefix}-${index}`, labels);
      return { ...pod, metadata: { ...(pod['metadata'] as JsonObject), namespace } };
    });
    const list = { apiVersion: 'v1', kind: 'List', items };
    const answer = await cluster.kubectl(['create', '-f', '-', '-o', 'yaml'], JSON.stringify(list));
    const pods = readObjects(answer);
    return Object.fromEntries(pods.map((pod, index) => [nameOf(index), isInjected(pod)]));
  }
});

/** A row of the table, for people. */
function nameOf(index: number): string {
  const { namespace, pod } = table[index]!;
  return `${namespace}: ${JSON.stringify(pod)}`;
}

const wantedTable = Object.fromEntries(
  table.map(({ injected }, index) => [nameOf(index), injected]),
);

function deployment(name: string, replicas: number): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name, image: `example.com/${name}:1` }] },
      },
    },
  };
}
