import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';
import type { ApiServer } from '../../kube/api-server.ts';
import type { Resource } from '../../kube/resource.ts';
import { type OurConfiguration, type OurService, ourConfiguration } from './our-webhooks.ts';

/** The webhook configurations of the cluster. Every method throws an `ApiError` when it fails. */
export interface WebhookStore {
  /** Those of our revision that call us, as they are now, not as a cache has them. */
  list(): Promise<readonly OurConfiguration[]>;
  /**
   * Writes a bundle into some entries, and nothing else. Fails with status 409 when the configuration has
   * changed since it was read.
   *
   * @param indexes positions in `webhooks`
   */
  setBundle(
    configuration: OurConfiguration,
    indexes: readonly number[],
    bundle: string,
  ): Promise<void>;
}

const path = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations';

/** @param revision of this injector; empty stands for `default`, as in labels */
export function createWebhookStore(
  api: ApiServer,
  revision: string,
  service: OurService,
): WebhookStore {
  return {
    async list() {
      const { items } = await api.request({
        path,
        query: { labelSelector: revisionSelector(revision) },
      });
      return (Array.isArray(items) ? items : []).flatMap(
        (item) => (isJsonObject(item) ? ourConfiguration(item, service) : undefined) ?? [],
      );
    },
    async setBundle(configuration, indexes, bundle) {
      await api.request({
        method: 'PATCH',
        path: `${path}/${encodeURIComponent(configuration.name)}`,
        contentType: 'application/json-patch+json',
        body: bundlePatch(configuration, indexes, bundle),
      });
    },
  };
}

/** For following the changes of the configurations of a revision. */
export function webhooksOf(revision: string): Resource {
  return {
    description: 'webhook configurations of this revision',
    path,
    labelSelector: revisionSelector(revision),
    metadataOnly: true,
    optional: true,
  };
}

function revisionSelector(revision: string): string {
  return `istio.io/rev=${revision === '' ? 'default' : revision}`;
}

/** Writing the version that was read makes the API server refuse the patch when it is not the newest any more. */
function bundlePatch(
  { resourceVersion }: OurConfiguration,
  indexes: readonly number[],
  bundle: string,
): JsonValue {
  const value = Buffer.from(bundle, 'utf8').toString('base64');
  return [
    { op: 'replace', path: '/metadata/resourceVersion', value: resourceVersion },
    ...indexes.map(
      (index): JsonObject => ({
        op: 'add',
        path: `/webhooks/${index}/clientConfig/caBundle`,
        value,
      }),
    ),
  ];
}
