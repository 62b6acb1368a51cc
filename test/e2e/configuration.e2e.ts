import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { embeddedConfiguration } from '../../src/embedded/load.ts';
import { Cluster } from './cluster.ts';
import { applyIstio, Installation } from './installation.ts';
import { createPod, makeNamespace, proxyOf, simplePod } from './pods.ts';
import { until } from './until.ts';

const assets = inject('assets');
const { config, values } = embeddedConfiguration();

describe.skipIf(assets === '')('when the configuration in the cluster changes', () => {
  let cluster: Cluster;
  let installation: Installation;
  let pods = 0;

  beforeAll(async () => {
    cluster = await Cluster.start(assets);
    await applyIstio(cluster);
    await makeNamespace(cluster, 'shop', { 'istio-injection': 'enabled' });
    installation = await Installation.install(cluster);
    await installation.startTwo();
  });
  afterAll(async () => {
    await installation?.close();
    await cluster?.stop();
  });

  test('the next pod has it', async () => {
    expect(await nextImage()).not.toContain(':changed');
    await applyIstio(cluster, { values: withTag('changed') });
    await until('the new image', async () => (await nextImage()).includes(':changed') || undefined);
    // Both replicas have it, whichever answers.
    for (let count = 0; count < 4; count++) expect(await nextImage()).toContain(':changed');
  });

  test('a broken one is refused, and the last good one stays in force', async () => {
    await applyIstio(cluster, {
      config: config.replace('{{', '{{ if'),
      values: withTag('never'),
    });
    await until(
      'both replicas to refuse it',
      () =>
        [...installation.replicas].every(({ process }) =>
          process.lines.some(
            ({ level, msg }) => isWarning(level) && /refused|stays/.test(String(msg)),
          ),
        ) || undefined,
    );
    for (let count = 0; count < 4; count++) expect(await nextImage()).toContain(':changed');
    expect([...installation.balancer.ready]).toHaveLength(2);
    const message = await until('the Event', async () => {
      const { items } = (await cluster.get('events', '-n', 'istio-system')) as {
        items: { reason: string; message: string }[];
      };
      return items.find(({ reason }) => reason === 'ConfigurationRefused')?.message;
    });
    expect(message).toContain('the last good configuration stays in force');
  });

  test('the next good one takes over', async () => {
    await applyIstio(cluster, { values: withTag('repaired') });
    await until(
      'the new image',
      async () => (await nextImage()).includes(':repaired') || undefined,
    );
  });

  test('a ConfigMap that is deleted changes nothing', async () => {
    await cluster.kubectl(['delete', 'configmap', 'istio-sidecar-injector', '-n', 'istio-system']);
    for (let count = 0; count < 4; count++) expect(await nextImage()).toContain(':repaired');
    await applyIstio(cluster, { values: withTag('back') });
    await until('the new image', async () => (await nextImage()).includes(':back') || undefined);
  });

  async function nextImage(): Promise<string> {
    const pod = await createPod(cluster, 'shop', simplePod(`pod-${pods++}`));
    return String(proxyOf(pod)?.['image']);
  }
});

/** The values with another tag of the proxy's image. */
function withTag(tag: string): string {
  return values.replace(/^ {2}tag: .*$/m, `  tag: ${tag}`);
}

function isWarning(level: unknown): boolean {
  return level === 'warn' || level === 'error' || Number(level) >= 40;
}
