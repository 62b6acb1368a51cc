import { createAuthorityKeeper } from './authority/authority-keeper.ts';
import { bundleOf } from './authority/authority-state.ts';
import type { Lifetimes } from './authority/lifetimes.ts';
import { createSecretStore, secretNamed } from './authority/secret-store.ts';
import { isTrusted } from './bundle/is-trusted.ts';
import { createWebhookStore } from './bundle/webhook-store.ts';
import type { CertificateSource } from './certificate-source.ts';
import { createManagedCertificate } from './managed-certificate.ts';
import { startBundles, startTending, type TendedBundles, wakeOnChange } from './start-tending.ts';
import type { ClusterWebhooks, Surroundings } from './surroundings.ts';

/** What is special about a certificate of our own authority. */
export interface ManagedSettings {
  /** Name of the Secret with the authority, in the namespace of our Service. */
  readonly secret: string;
  readonly lifetimes: Lifetimes;
  /** DNS names and IP addresses that the certificate is for. */
  readonly names: readonly string[];
}

/** Serves with certificates of the installation's own authority, which all replicas share through a Secret. */
export function startManagedCertificate(
  { secret, lifetimes, names }: ManagedSettings,
  webhooks: ClusterWebhooks,
  surroundings: Surroundings,
): CertificateSource {
  const { api, service } = webhooks;
  const secrets = createSecretStore(api, service.namespace, secret);
  const configurations = createWebhookStore(api, webhooks.revision, service);
  const keeper = createAuthorityKeeper({
    ...surroundings,
    store: secrets,
    lifetimes,
    isTrusted: (pem) => isTrusted(configurations, pem),
  });
  let bundles: TendedBundles | undefined;
  const certificate = createManagedCertificate({
    ...surroundings,
    keeper,
    lifetimes,
    names,
    bundleChanged: () => bundles?.wake(),
  });
  const loop = startTending(() => certificate.tend(), surroundings, {
    fails: `the certificate authority in Secret ${secrets.name} cannot be looked after`,
    works: `the certificate authority in Secret ${secrets.name} is in order again`,
  });
  const watch = wakeOnChange(loop, api, secretNamed(service.namespace, secret), surroundings);
  const wanted = {
    isRight(bundle: string) {
      const known = keeper.known();
      return known !== undefined && bundle === bundleOf(known);
    },
    async instead() {
      const state = await keeper.read();
      return state && bundleOf(state);
    },
  };
  if (webhooks.manage) bundles = startBundles(configurations, wanted, webhooks, surroundings);
  return {
    readiness: () => [...certificate.readiness(), ...(bundles?.keeper.readiness() ?? [])],
    status: () => certificate.status(),
    async stop() {
      await Promise.all([loop.stop(), watch.stop(), bundles?.stop()]);
    },
  };
}
