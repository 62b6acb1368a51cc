/**
 * The objects of an installation that is not the default one. Exports: {@link installationObjects}.
 *
 * manifests/base is the one place where they are written down. What is different for another revision, namespace
 * or image is changed in the objects read from there, so that `kubectl apply -k` and `outrigger manifests` cannot
 * drift apart.
 */
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { baseSettings, type InstallationSettings, isDefaultRevision } from './installation.ts';

/** Name of everything in manifests/base that has no name for a purpose of its own. */
const baseName = 'outrigger';
const webhookName = 'outrigger-sidecar-injector';
const revisionLabel = 'istio.io/rev';

/** Changes the objects of manifests/base into those of an installation. The given ones stay as they are. */
export function installationObjects(
  base: readonly JsonObject[],
  settings: InstallationSettings,
): JsonObject[] {
  const named = namesOf(settings);
  return base.map((object) => {
    switch (object['kind']) {
      case 'Namespace':
        return withMetadata(object, { name: settings.namespace });
      case 'ClusterRole':
        return forRole(withMetadata(object, { name: named.outside }), named);
      case 'Role':
        return forRole(placed(object, settings, named), named);
      case 'ClusterRoleBinding':
        return forBinding(withMetadata(object, { name: named.outside }), settings, named);
      case 'RoleBinding':
        return forBinding(placed(object, settings, named), settings, named);
      case 'MutatingWebhookConfiguration':
        return forWebhooks(withMetadata(object, { name: named.webhook }), settings, named);
      default:
        return forWorkload(placed(object, settings, named), settings, named);
    }
  });
}

interface Names {
  /** In the namespace of the installation. */
  readonly inside: string;
  /** Elsewhere, where those of several installations must not collide. */
  readonly outside: string;
  readonly webhook: string;
  readonly revisionSuffix: string;
}

function namesOf({ revision, namespace }: InstallationSettings): Names {
  const revisionSuffix = isDefaultRevision(revision) ? '' : `-${revision}`;
  const placeSuffix = namespace === baseSettings.namespace ? '' : `-${namespace}`;
  return {
    inside: baseName + revisionSuffix,
    outside: baseName + revisionSuffix + placeSuffix,
    webhook: webhookName + revisionSuffix + placeSuffix,
    revisionSuffix,
  };
}

function withMetadata(object: JsonObject, changes: JsonObject): JsonObject {
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {};
  return { ...object, metadata: { ...metadata, ...changes } };
}

/** An object in our namespace, or in Istio's. */
function placed(object: JsonObject, settings: InstallationSettings, named: Names): JsonObject {
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {};
  return metadata['namespace'] === baseSettings.istioNamespace
    ? withMetadata(object, { name: named.outside, namespace: settings.istioNamespace })
    : withMetadata(object, { name: named.inside, namespace: settings.namespace });
}

/** Rights on objects by name: Istio's ConfigMaps, our Secret and our webhook configuration. */
function forRole(object: JsonObject, { webhook, revisionSuffix }: Names): JsonObject {
  return replaceEach(object, (value, key) => {
    if (key !== 'resourceNames' || !Array.isArray(value)) return undefined;
    return value.map((name) => (name === webhookName ? webhook : `${name}${revisionSuffix}`));
  });
}

function forBinding(
  object: JsonObject,
  { namespace }: InstallationSettings,
  { inside }: Names,
): JsonObject {
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {};
  return replaceEach(object, (value, key) => {
    if (!isJsonObject(value)) return undefined;
    if (key === 'roleRef') return { ...value, name: metadata['name'] ?? inside };
    if (value['kind'] === 'ServiceAccount') return { ...value, name: inside, namespace };
    return undefined;
  });
}

function forWebhooks(
  object: JsonObject,
  { revision, namespace }: InstallationSettings,
  { inside }: Names,
): JsonObject {
  const webhooks = Array.isArray(object['webhooks']) ? object['webhooks'] : [];
  // Only the default revision answers to labels that name none.
  const wanted = isDefaultRevision(revision)
    ? webhooks
    : webhooks.filter((entry) => isJsonObject(entry) && String(entry['name']).startsWith('rev.'));
  return replaceEach({ ...object, webhooks: wanted }, (value, key) => {
    if (key === 'service' && isJsonObject(value)) return { ...value, name: inside, namespace };
    if (key === revisionLabel) return revisionOf(revision);
    if (!isJsonObject(value) || !Array.isArray(value['values'])) return undefined;
    const values = value['values'].map((each) => {
      if (value['key'] === revisionLabel) return revisionOf(revision);
      return each === baseSettings.namespace ? namespace : each;
    });
    return { ...value, values };
  });
}

function forWorkload(
  object: JsonObject,
  { revision, istioNamespace, image }: InstallationSettings,
  { inside, revisionSuffix }: Names,
): JsonObject {
  return replaceEach(object, (value, key) => {
    if (key === revisionLabel) return revisionOf(revision);
    if (key === 'serviceAccountName') return inside;
    if (key === 'scaleTargetRef' && isJsonObject(value)) return { ...value, name: inside };
    if (key === 'image' && image !== undefined) return image;
    if (isJsonObject(value) && value['name'] === 'REVISION') {
      return { ...value, value: revisionOf(revision) };
    }
    if (key === 'args' && Array.isArray(value)) {
      return [
        ...value,
        // Authorities of two revisions are rotated on their own.
        ...(revisionSuffix === '' ? [] : [`--ca-secret=outrigger-ca${revisionSuffix}`]),
        ...(istioNamespace === baseSettings.istioNamespace
          ? []
          : [`--istioNamespace=${istioNamespace}`]),
      ];
    }
    return undefined;
  });
}

function revisionOf(revision: string): string {
  return revision === '' ? baseSettings.revision : revision;
}

/**
 * A copy with some values replaced; what `replace` gives is not looked into any more.
 *
 * @param replace gives undefined for a value that stays; `key` is empty for the members of a list
 */
function replaceEach(
  object: JsonObject,
  replace: (value: JsonValue, key: string) => JsonValue | undefined,
): JsonObject {
  const copy = (value: JsonValue, key: string): JsonValue => {
    const instead = replace(value, key);
    if (instead !== undefined) return instead;
    if (Array.isArray(value)) return value.map((member) => copy(member, ''));
    return isJsonObject(value) ? members(value) : value;
  };
  const members = (value: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copy(member, key)]));
  return members(object);
}
