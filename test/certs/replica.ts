import { type Logger, pino } from 'pino';
import { createAuthorityKeeper } from '../../src/certs/authority/authority-keeper.ts';
import { bundleOf } from '../../src/certs/authority/authority-state.ts';
import type { Lifetimes } from '../../src/certs/authority/lifetimes.ts';
import { createSecretStore } from '../../src/certs/authority/secret-store.ts';
import { createBundleKeeper } from '../../src/certs/bundle/bundle-keeper.ts';
import { isTrusted } from '../../src/certs/bundle/is-trusted.ts';
import { createWebhookStore } from '../../src/certs/bundle/webhook-store.ts';
import type { CertificatePair } from '../../src/certs/certificate-pair.ts';
import { createManagedCertificate } from '../../src/certs/managed-certificate.ts';
import type { FakeCluster } from './fake-cluster.ts';
import type { TestClock } from './test-clock.ts';

export const lifetimes: Lifetimes = { authority: 96_000, certificate: 24_000, overlap: 1_000 };

/** One process of several that share a cluster, without the loops: tests say what happens when. */
export function createReplica(cluster: FakeCluster, clock: TestClock) {
  const lines: string[] = [];
  const logger: Logger = pino(
    { base: null },
    { write: (line) => lines.push(JSON.parse(line).msg) },
  );
  const store = createWebhookStore(cluster.api, '', { name: 'outrigger', namespace: 'mesh' });
  const keeper = createAuthorityKeeper({
    store: createSecretStore(cluster.api, 'mesh', 'outrigger-ca'),
    lifetimes,
    clock,
    logger,
    isTrusted: (pem) => isTrusted(store, pem),
  });
  let served: CertificatePair | undefined;
  let uses = 0;
  const certificate = createManagedCertificate({
    keeper,
    lifetimes,
    clock,
    logger,
    names: ['outrigger.mesh.svc'],
    use(pair) {
      served = pair;
      uses++;
    },
    bundleChanged() {},
  });
  const bundles = createBundleKeeper({
    webhooks: store,
    clock,
    logger,
    wanted: {
      isRight(bundle) {
        const known = keeper.known();
        return known !== undefined && bundle === bundleOf(known);
      },
      async instead() {
        const state = await keeper.read();
        return state && bundleOf(state);
      },
    },
  });
  return {
    keeper,
    certificate,
    bundles,
    lines,
    served: () => served,
    uses: () => uses,
  };
}

export type Replica = ReturnType<typeof createReplica>;
