import { baseObjects } from '../install/base-objects.ts';
import { installationObjects } from '../install/installation-objects.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import { ApiError } from '../kube/api-error.ts';
import type { ApiServer } from '../kube/api-server.ts';
import type { Outcome } from './check.ts';
import type { Examined } from './examine-cluster.ts';
import type { InjectionWebhook } from './injection-webhooks.ts';
import { describeRight, neededRights, type Right } from './needed-rights.ts';

/**
 * Whether the ServiceAccount of the injector holds the rights that the manifests give it, and may keep `caBundle` of
 * every configuration that calls it, tags among them.
 *
 * @throws ApiError when nobody may ask on behalf of another
 */
export async function checkRights(
  { api, service, istioNamespace }: Pick<Examined, 'api' | 'service' | 'istioNamespace'>,
  ours: readonly InjectionWebhook[],
  pod: JsonObject | undefined,
): Promise<Outcome> {
  const { namespace } = service;
  const spec = pod?.['spec'];
  const named = isJsonObject(spec) ? spec['serviceAccountName'] : undefined;
  // manifests/ gives Service and ServiceAccount the same name.
  const account = typeof named === 'string' ? named : service.name;
  const settings = { revision: ours[0]?.revision ?? '', namespace, istioNamespace };
  const rights = new Map(
    [
      ...neededRights(installationObjects(baseObjects(), settings)),
      ...ours.map(({ configuration }) => keepBundleOf(configuration)),
    ].map((right) => [describeRight(right), right]),
  );
  const ask = await asker(api, namespace, account);
  const answers = await Promise.all([...rights.values()].map(ask));
  const missing = [...rights.keys()].filter((_, index) => !answers[index]);
  const who = `ServiceAccount ${namespace}/${account}`;
  if (missing.length === 0)
    return { state: 'ok', detail: `${who} holds all ${rights.size} rights` };
  return {
    state: 'failed',
    detail: `${who} may not ${missing.join(', ')}`,
    todo: 'Apply the roles and their bindings again (outrigger manifests); those of a tag come with outrigger tag set.',
  };
}

function keepBundleOf(name: string): Right {
  const group = 'admissionregistration.k8s.io';
  return { verb: 'patch', group, resource: 'mutatingwebhookconfigurations', name };
}

/** Asks about the account; the account itself may ask about nobody else, so it asks about itself. */
async function asker(
  api: ApiServer,
  namespace: string,
  account: string,
): Promise<(right: Right) => Promise<boolean>> {
  const user = `system:serviceaccount:${namespace}:${account}`;
  if ((await whoAmI(api)) === user) {
    return (right) => review(api, 'SelfSubjectAccessReview', right, {});
  }
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`];
  const subject = { user, groups: [...groups, 'system:authenticated'] };
  return (right) => review(api, 'SubjectAccessReview', right, subject);
}

async function review(
  api: ApiServer,
  kind: 'SelfSubjectAccessReview' | 'SubjectAccessReview',
  right: Right,
  subject: JsonObject,
): Promise<boolean> {
  const { status } = await api.request({
    method: 'POST',
    path: `/apis/authorization.k8s.io/v1/${kind.toLowerCase()}s`,
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind,
      spec: { ...subject, resourceAttributes: { ...right } },
    },
  });
  return isJsonObject(status) && status['allowed'] === true;
}

/** Undefined where the API server is too old to tell (before Kubernetes 1.28), or does not want to. */
async function whoAmI(api: ApiServer): Promise<string | undefined> {
  try {
    const { status } = await api.request({
      method: 'POST',
      path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
      body: { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
    });
    const info = isJsonObject(status) ? status['userInfo'] : undefined;
    const name = isJsonObject(info) ? info['username'] : undefined;
    return typeof name === 'string' ? name : undefined;
  } catch (error) {
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}
