/** Exports: {@link injectedAnew}. */
import { annotations as names } from '../../inject/annotations.ts';
import { memberAt } from '../../inject/workload/template-path.ts';
import { metadataText, typeOf } from '../../inject/workload/workload-kinds.ts';
import type { JsonObject, JsonValue } from '../../json.ts';
import { ApiError } from '../../kube/api-error.ts';
import type { DocumentResult } from '../../manifest/inject-document.ts';
import type { LiveObjects } from '../cluster/live-objects.ts';
import { objectTitle } from './object-text.ts';

/**
 * What would become of a workload that is injected already, as the API server says in a dry run: it has filled in
 * defaults since, which templates do not name. Undefined where there is nothing to ask about.
 */
export async function injectedAnew(
  object: JsonObject,
  { object: outcome, change }: DocumentResult,
  objects: LiveObjects,
  note: (text: string) => void,
): Promise<JsonObject | undefined> {
  const injected = outcome?.workloads.some(
    ({ place }) => memberAt(object, [...place.metadata, 'annotations', names.status]) !== undefined,
  );
  if (!injected || outcome === undefined || change === undefined) return undefined;
  const { apiVersion, kind } = typeOf(object);
  const namespace = metadataText(object, 'namespace');
  const { list } = await objects.place(apiVersion, kind, namespace);
  try {
    return await objects.request({
      method: 'PATCH',
      path: `${list}/${encodeURIComponent(metadataText(object, 'name'))}`,
      query: { dryRun: 'All' },
      contentType: 'application/json-patch+json',
      body: outcome.patch as unknown as JsonValue,
    });
  } catch (error) {
    if (!(error instanceof Error && isRefused(error.cause))) throw error;
    note(
      `${objectTitle(object)} is injected already, and the API server does not say what injecting it anew would ` +
        `change, so defaults that it fills in show, too: ${error.message}`,
    );
    return undefined;
  }
}

/** For want of rights, or because the template can never be changed, as that of a Job. */
function isRefused(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 403 || error.status === 422);
}
