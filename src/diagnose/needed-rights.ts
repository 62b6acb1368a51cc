/** What the injector has to be allowed. Exports: {@link neededRights}, {@link Right}, {@link describeRight}. */
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';

/** One verb on one kind of objects, the way an access review asks for it. */
export interface Right {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  /** Only on the object of this name. */
  readonly name?: string;
  /** Only there; everywhere when absent. */
  readonly namespace?: string;
}

/**
 * All that the ClusterRoles and Roles among some objects grant. With the objects of an installation this is what
 * the injector needs: the manifests grant nothing that is not used, and a list of our own would drift from them.
 */
export function neededRights(objects: readonly JsonObject[]): Right[] {
  return objects.flatMap((object) => {
    const { kind, metadata, rules } = object;
    if ((kind !== 'ClusterRole' && kind !== 'Role') || !Array.isArray(rules)) return [];
    const namespace = isJsonObject(metadata) && kind === 'Role' ? metadata['namespace'] : undefined;
    const place = typeof namespace === 'string' ? { namespace } : {};
    return rules.filter(isJsonObject).flatMap((rule) => rightsOf(rule, place));
  });
}

function rightsOf(rule: JsonObject, place: { readonly namespace?: string }): Right[] {
  const names = texts(rule['resourceNames']);
  const named = names.length === 0 ? [{}] : names.map((name) => ({ name }));
  return texts(rule['apiGroups']).flatMap((group) =>
    texts(rule['resources']).flatMap((resource) =>
      texts(rule['verbs']).flatMap((verb) =>
        named.map((name) => ({ verb, group, resource, ...name, ...place })),
      ),
    ),
  );
}

/** Such as `patch secrets/outrigger-ca in outrigger-system`. */
export function describeRight({ verb, group, resource, name, namespace }: Right): string {
  const kind = group === '' ? resource : `${resource}.${group}`;
  const object = name === undefined ? kind : `${kind}/${name}`;
  return `${verb} ${object}${namespace === undefined ? '' : ` in ${namespace}`}`;
}

function texts(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
