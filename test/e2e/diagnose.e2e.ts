import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { selfSignedCertificate } from '../../src/certs/self-signed.ts';
import { Cluster } from './cluster.ts';
import { applyEndpoints } from './endpoint-slice.ts';
import { applyIstio, Installation } from './installation.ts';
import { outrigger } from './outrigger.ts';
import { createPod, isInjected, makeNamespace, simplePod } from './pods.ts';
import { until } from './until.ts';

const assets = inject('assets');
const ours = ['mutatingwebhookconfiguration', 'outrigger-sidecar-injector'];

interface Check {
  readonly name: string;
  readonly state: string;
  readonly detail: string;
  readonly todo?: string;
}

describe.skipIf(assets === '')('doctor and audit, when one thing after the other breaks', () => {
  let cluster: Cluster;
  let installation: Installation;

  beforeAll(async () => {
    cluster = await Cluster.start(assets);
    await applyIstio(cluster);
    await makeNamespace(cluster, 'shop', { 'istio-injection': 'enabled' });
    installation = await Installation.install(cluster, { args: ['--stamp-configuration'] });
    await installation.startTwo();
    await applyEndpoints(cluster, [true, true]);
    expect(isInjected(await createPod(cluster, 'shop', simplePod('first')))).toBe(true);
  });
  afterAll(async () => {
    await installation?.close();
    await cluster?.stop();
  });

  test('nothing is found where nothing is broken', async () => {
    const { code, checks } = await doctor();
    expect(code).toBe(0);
    // There are no kubelets that the API server could ask for the replicas' own numbers.
    expect(complaints(checks)).toEqual({ requests: 'unknown' });
    expect(checks.find(({ name }) => name === 'served-certificate')?.detail).toContain(
      'caBundle vouches for the certificate of outrigger.outrigger-system.svc',
    );
    expect(await audit()).toMatchObject({ code: 0, findings: [] });
  });

  test('rights that are missing, then a caBundle that nobody puts right', async () => {
    const role = await cluster.get('clusterrole', 'outrigger');
    const rules = (role['rules'] as { verbs: string[]; resources: string[] }[]).filter(
      ({ verbs, resources }) =>
        !(verbs.includes('patch') && resources[0] === 'mutatingwebhookconfigurations') &&
        resources[0] !== 'nodes',
    );
    await patch(['clusterrole', 'outrigger'], [{ op: 'replace', path: '/rules', value: rules }]);
    const missing = await untilFound('rights');
    expect(missing.detail).toContain(
      'may not get nodes, list nodes, watch nodes, patch mutatingwebhookconfigurations.admissionregistration.k8s.io/outrigger-sidecar-injector',
    );

    const { certificate } = await selfSignedCertificate(['somebody-else.example'], new Date());
    const foreign = Buffer.from(certificate).toString('base64');
    await patch(
      ours,
      [0, 1, 2, 3].map((index) => ({
        op: 'add',
        path: `/webhooks/${index}/clientConfig/caBundle`,
        value: foreign,
      })),
    );
    const distrusted = await untilFound('served-certificate');
    expect(distrusted.detail).toContain('caBundle has "CN=somebody-else.example"');
    const { checks } = await doctor();
    expect(checks.find(({ name }) => name === 'trial')).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('x509'),
    });

    await installation.applyManifests();
    // Without its rights the injector only tries once a minute, unless the configuration changes.
    await cluster.kubectl(['annotate', ...ours, 'changed=yes']);
    await untilWell();
  });

  test('a Service without ready endpoints', async () => {
    await applyEndpoints(cluster, [false, false]);
    expect((await untilFound('endpoints')).detail).toContain('has no ready endpoint');
    await applyEndpoints(cluster, [true, true]);
    await untilWell();
  });

  test('a webhook that matches the pods of the injector itself', async () => {
    await until('the pods of the Deployment', async () => {
      const { items } = await cluster.get('pods', '-n', 'outrigger-system');
      return (items as unknown[]).length === 2 || undefined;
    });
    await patch(ours, [
      { op: 'replace', path: '/webhooks/0/namespaceSelector', value: {} },
      { op: 'replace', path: '/webhooks/0/objectSelector', value: {} },
    ]);
    expect((await untilFound('own-namespace')).detail).toContain("matches the injector's own pods");
    await installation.applyManifests();
    await untilWell();
  });

  test('a second injector for the same pods', async () => {
    const { metadata: _, ...mine } = await cluster.get(...ours);
    const theirs = JSON.parse(JSON.stringify(mine), (key, value) =>
      key === 'service' ? { name: 'istiod', namespace: 'istio-system', path: '/inject' } : value,
    );
    const webhooks = theirs.webhooks.map((entry: object) => ({
      ...entry,
      failurePolicy: 'Ignore',
      timeoutSeconds: 1,
    }));
    const metadata = { name: 'istio-sidecar-injector', labels: { 'istio.io/rev': 'default' } };
    await cluster.apply(JSON.stringify({ ...theirs, metadata, webhooks }));
    expect((await untilFound('other-injectors')).detail).toContain(
      'istio-sidecar-injector and outrigger-sidecar-injector match the same pods',
    );
    expect(await audit()).toMatchObject({
      code: 1,
      findings: [{ pod: 'first', problem: 'several-webhooks' }],
    });
    await cluster.kubectl(['delete', 'mutatingwebhookconfiguration', metadata.name]);
    await untilWell();
  });

  test('pods that were created while the injector was away', async () => {
    await patch(
      ours,
      [0, 1, 2, 3].map((index) => ({
        op: 'replace',
        path: `/webhooks/${index}/failurePolicy`,
        value: 'Ignore',
      })),
    );
    for (const replica of installation.replicas) await installation.stop(replica);
    await until('a pod to slip through', async () => {
      const pod = simplePod('', { app: 'missed' });
      Object.assign(pod['metadata'] as object, { generateName: 'missed-', name: undefined });
      return !isInjected(await createPod(cluster, 'shop', pod)) || undefined;
    });
    expect((await untilFound('trial')).detail).toContain('got no sidecar');

    await installation.startTwo();
    const { code, findings } = await audit();
    expect(code).toBe(1);
    expect(findings).toMatchObject([
      { namespace: 'shop', problem: 'no-sidecar', detail: expect.stringContaining('was away') },
    ]);
    await cluster.kubectl(['delete', 'pods', '-n', 'shop', '-l', 'app=missed', '--force']);
    await installation.applyManifests();
    await untilWell();
    expect(await audit()).toMatchObject({ code: 0, findings: [] });
  });

  test('pods that were injected with a configuration that is not in force any more', async () => {
    await applyIstio(cluster, { mesh: 'defaultConfig:\n  proxyMetadata:\n    NEW: "yes"\n' });
    const { findings } = await until('another configuration', async () => {
      const audited = await audit();
      return audited.code === 1 ? audited : undefined;
    });
    expect(findings).toMatchObject([{ pod: 'first', problem: 'other-configuration' }]);
    await createPod(cluster, 'shop', simplePod('second'));
    await cluster.kubectl(['delete', 'pod', '-n', 'shop', 'first', '--force']);
    expect(await audit()).toMatchObject({ code: 0, findings: [], said: '' });

    const mark = 'outrigger/configuration';
    await cluster.kubectl(['annotate', 'pod', '-n', 'shop', 'second', `${mark}-`]);
    expect((await audit()).said).toContain('compared by their revision alone: 1');
  });

  async function doctor(): Promise<{ code: number; checks: Check[] }> {
    const { code, stdout, stderr } = await outrigger(cluster, 'doctor', '-o', 'json');
    expect(stderr).toBe('');
    const checks = JSON.parse(stdout) as Check[];
    for (const { name, state, todo } of checks) {
      expect({ name, helps: state === 'ok' || Boolean(todo) }).toEqual({ name, helps: true });
    }
    return { code, checks };
  }

  /** Runs the doctor until it complains about something. */
  function untilFound(wanted: string): Promise<Check> {
    return until(`a complaint about ${wanted}`, async () => {
      const { code, checks } = await doctor();
      const found = checks.find(({ name, state }) => name === wanted && state === 'failed');
      if (found !== undefined) expect(code).toBe(1);
      return found;
    });
  }

  async function untilWell(): Promise<void> {
    let last: unknown;
    await until(
      'everything to be well again',
      async () => {
        const { checks } = await doctor();
        last = complaints(checks);
        return Object.keys(last as object).length === 1 || undefined;
      },
      90,
    ).catch((error: Error) => {
      throw new Error(`${error.message}; last: ${JSON.stringify(last)}`);
    });
  }

  async function audit(): Promise<{ code: number; findings: unknown[]; said: string }> {
    const { code, stdout, stderr } = await outrigger(cluster, 'audit', '-n', 'shop', '-o', 'json');
    return {
      code,
      findings: JSON.parse(stdout) as unknown[],
      said: stderr.replace('Every pod that should have a sidecar has one.\n', ''),
    };
  }

  async function patch(object: readonly string[], operations: readonly object[]): Promise<void> {
    await cluster.kubectl(['patch', ...object, '--type=json', '-p', JSON.stringify(operations)]);
  }
});

/** What is not in order, by the name of the check. */
function complaints(checks: readonly Check[]): { [name: string]: string } {
  return Object.fromEntries(
    checks.filter(({ state }) => state !== 'ok').map(({ name, state }) => [name, state]),
  );
}
