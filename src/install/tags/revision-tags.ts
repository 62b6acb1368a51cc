/** Revision tags of a cluster. Exports: {@link listTags}, {@link setTag}, {@link removeTag}, {@link TagView}. */
import { OutriggerError } from '../../errors.ts';
import { isJsonObject, type JsonObject } from '../../json.ts';
import type { ApiServer } from '../../kube/api-server.ts';
import { createObject, deleteObject, listAll, putObject, readObject } from './cluster-objects.ts';
import { tagRights } from './tag-rights.ts';
import { deactivated, type TagSettings, tagConfiguration } from './tag-webhooks.ts';

const webhooks = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations';
const roles = '/apis/rbac.authorization.k8s.io/v1/clusterroles';
const bindings = '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings';

/** A tag as people see it. */
export interface TagView {
  readonly tag: string;
  readonly revision: string;
  /** Those that go by the tag. */
  readonly namespaces: readonly string[];
}

/** All tags, by name. @throws ApiError */
export async function listTags(api: ApiServer): Promise<TagView[]> {
  const found = await listAll(api, webhooks, 'istio.io/tag');
  const tags = new Map(
    found.map((each) => [label(each, 'istio.io/tag'), label(each, 'istio.io/rev')]),
  );
  const views: TagView[] = [];
  for (const [tag, revision] of [...tags].sort(([one], [other]) => (one < other ? -1 : 1))) {
    views.push({ tag, revision, namespaces: await namespacesOf(api, tag) });
  }
  return views;
}

/**
 * Points a tag at a revision.
 *
 * @returns what else happened, for people
 * @throws ApiError, and OutriggerError `OUTRIGGER_CLUSTER` when there is no such revision, or the name is taken
 */
export async function setTag(
  api: ApiServer,
  settings: TagSettings & { readonly overwrite: boolean },
): Promise<string[]> {
  const { tag, revision, name, overwrite } = settings;
  const taken = await configurationsOf(api, tag);
  if (taken.length > 0 && tag !== 'default' && !overwrite) {
    throw refusal(
      `cannot create revision tag "${tag}": found existing control plane revision with same name`,
      'Choose another name for the tag.',
    );
  }
  const source = chooseOne(await configurationsOf(api, revision), revision);
  const existing = await listAll(api, webhooks, `istio.io/tag=${tag}`);
  if (existing.length > 0 && !overwrite) {
    throw refusal(
      `revision tag "${tag}" already exists, and --overwrite is false`,
      'Say --overwrite to point it at another revision.',
    );
  }
  const notes: string[] = [];
  const configuration = tagConfiguration(source, settings);
  const rights = tagRights(configuration);
  if (rights !== undefined && label(source, 'app.kubernetes.io/name') === 'outrigger') {
    await write(api, roles, rights.role, name);
    await write(api, bindings, rights.binding, name);
  }
  await write(api, webhooks, configuration, name);
  if (tag === 'default') {
    for (const own of await configurationsOf(api, 'default')) {
      await putObject(api, webhooks, nameOf(own), deactivated(own));
      notes.push(`${nameOf(own)} is deactivated: the tag takes its place`);
    }
  }
  return notes;
}

/**
 * Takes a tag away.
 *
 * @param force also when namespaces go by it
 * @throws ApiError, and OutriggerError `OUTRIGGER_CLUSTER` when there is no such tag, or it is still in use
 */
export async function removeTag(api: ApiServer, tag: string, force: boolean): Promise<void> {
  const found = await listAll(api, webhooks, `istio.io/tag=${tag}`);
  if (found.length === 0) {
    throw refusal(
      `cannot remove tag "${tag}": cannot find MutatingWebhookConfiguration for tag`,
      'outrigger tag list shows which there are.',
    );
  }
  const namespaces = await namespacesOf(api, tag);
  if (namespaces.length > 0 && !force) {
    throw refusal(
      `found ${namespaces.length} namespace(s) still injected by tag "${tag}": ${namespaces.join(', ')}`,
      'Label them otherwise first, or say --skip-confirmation: new pods there get no sidecar then.',
    );
  }
  for (const each of found) {
    const name = nameOf(each);
    await deleteObject(api, webhooks, name);
    await deleteObject(api, bindings, name);
    await deleteObject(api, roles, name);
  }
}

/** The revision's own configurations, without tags for it. */
function configurationsOf(api: ApiServer, revision: string): Promise<JsonObject[]> {
  return listAll(api, webhooks, `istio.io/rev=${revision},!istio.io/tag`);
}

/** Where istiod's injector is there, too, the one to repoint tags at is ours. */
function chooseOne(found: readonly JsonObject[], revision: string): JsonObject {
  const ours = found.filter((each) => label(each, 'app.kubernetes.io/name') === 'outrigger');
  const [only, another] = ours.length === 0 ? found : ours;
  if (only === undefined) {
    throw refusal(
      `cannot modify tag: cannot find MutatingWebhookConfiguration with revision "${revision}"`,
      'kubectl get mutatingwebhookconfigurations -L istio.io/rev shows the revisions.',
    );
  }
  if (another !== undefined) {
    throw refusal(
      `cannot modify tag: found multiple canonical webhooks with revision "${revision}": ` +
        `${nameOf(only)}, ${nameOf(another)}`,
      'Remove the one that is not used any more.',
    );
  }
  return only;
}

async function namespacesOf(api: ApiServer, tag: string): Promise<string[]> {
  const all = await listAll(api, '/api/v1/namespaces', undefined);
  return all
    .filter((namespace) => {
      const injection = label(namespace, 'istio-injection');
      if (injection !== '') return tag === 'default' && injection === 'enabled';
      return label(namespace, 'istio.io/rev') === tag;
    })
    .map(nameOf);
}

/** Creates the object, or replaces the one of that name. */
async function write(
  api: ApiServer,
  path: string,
  object: JsonObject,
  name: string,
): Promise<void> {
  const old = await readObject(api, path, name);
  if (old === undefined) return createObject(api, path, object);
  const { resourceVersion = '' } = metadataOf(old);
  const metadata = { ...metadataOf(object), resourceVersion };
  return putObject(api, path, name, { ...object, metadata });
}

function refusal(message: string, hint: string): OutriggerError {
  return new OutriggerError('OUTRIGGER_CLUSTER', message, { hint });
}

function metadataOf({ metadata }: JsonObject): JsonObject {
  return isJsonObject(metadata) ? metadata : {};
}

function nameOf(object: JsonObject): string {
  return String(metadataOf(object)['name'] ?? '');
}

/** Value of a label; empty when there is none. */
function label(object: JsonObject, key: string): string {
  const { labels } = metadataOf(object);
  const value = isJsonObject(labels) ? labels[key] : undefined;
  return typeof value === 'string' ? value : '';
}
