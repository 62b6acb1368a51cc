/** Exports: {@link otelFunctions}. */
import {
  type FunctionMap,
  type GoMap,
  type GoPointer,
  type GoSlice,
  stringMapType,
  stringType,
} from '../../gotemplate/index.ts';
import { GoStruct } from '../../gotemplate/value/model.ts';
import type { MeshConfig } from '../../mesh/index.ts';
import { meshConfigPointerType } from '../../mesh/index.ts';
import { containersType, rawContainers } from './ports.ts';

/** `OTEL_SEMANTIC_CONVENTIONS` of the enum ServiceAttributeEnrichment. */
const semanticConventions = 1;

function textOf(map: GoMap, key: string): string {
  const value = map.entries !== null && Object.hasOwn(map.entries, key) ? map.entries[key] : '';
  return typeof value === 'string' ? value : '';
}

/** `tag@digest`, the digest or the tag of an image reference; empty when it has neither. */
function imageVersion(image: string): string {
  const at = image.indexOf('@');
  const digest = at < 0 ? '' : image.slice(at + 1);
  const name = at < 0 ? image : image.slice(0, at);
  const colon = name.lastIndexOf(':');
  const tag = colon > name.lastIndexOf('/') ? name.slice(colon + 1) : '';
  return [tag, digest].filter((part) => part !== '').join('@');
}

function wantsAttributes(mesh: GoPointer): boolean {
  if (!(mesh.target instanceof GoStruct)) return false;
  const { extensionProviders = [] } = mesh.target.source as unknown as MeshConfig;
  return extensionProviders.some((provider) => {
    const { opentelemetry } = provider as {
      readonly opentelemetry?: { readonly serviceAttributeEnrichment?: number };
    };
    return opentelemetry?.serviceAttributeEnrichment === semanticConventions;
  });
}

function resourceAttributes(
  mesh: GoPointer,
  annotations: GoMap,
  labels: GoMap,
  namespace: string,
  containerList: GoSlice,
): string {
  if (!wantsAttributes(mesh)) return '';
  const containers = rawContainers(containerList) as readonly {
    readonly name?: string;
    readonly image?: string;
  }[];
  const [first] = containers;
  const asked = (attribute: string) =>
    textOf(annotations, `resource.opentelemetry.io/${attribute}`);
  const onlyImage = containers.length === 1 ? (first?.image ?? '') : '';
  const attributes = [
    ['service.namespace', asked('service.namespace') || namespace],
    [
      'service.version',
      asked('service.version') ||
        textOf(labels, 'app.kubernetes.io/version') ||
        imageVersion(onlyImage),
    ],
    [
      'service.instance.id',
      asked('service.instance.id') ||
        (first === undefined ? '' : `${namespace}.$(POD_NAME).${first.name ?? ''}`),
    ],
  ];
  return attributes
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}

export const otelFunctions: FunctionMap = {
  /** Value of `OTEL_RESOURCE_ATTRIBUTES`; empty unless some tracing provider asks for it. */
  otelResourceAttributes: {
    in: [meshConfigPointerType, stringMapType, stringMapType, stringType, containersType],
    out: stringType,
    call: resourceAttributes,
  },
};
