/**
 * Names of the proxy images (`pkg/kube/inject/inject.go`, ProxyImage). Exports: {@link proxyImages},
 * {@link ProxyImages}.
 */
import { formatValue } from '../../gotemplate/fmt/format-value.ts';
import type { ProxyConfig, TypedValues } from '../../mesh/index.ts';
import { annotations as names } from '../annotations.ts';
import type { LabelSource } from '../decide/label-selector.ts';
import { ownString } from '../pod-metadata.ts';

/** Image of the proxy and of the init container. */
export interface ProxyImages {
  readonly proxy: string;
  readonly init: string;
}

type ImageValues = Pick<TypedValues, 'hub' | 'tag' | 'variant' | 'proxyImage' | 'proxyInitImage'>;

const defaultName = 'proxyv2';
const knownTypes = ['-distroless', '-debug'];

/**
 * Hub, name and tag out of the values; the tag's variant is the pod's wish, else the proxy config's (not
 * for the init image), else the values'.
 *
 * @param annotations of the pod without an earlier injection
 */
export function proxyImages(
  values: ImageValues,
  proxyConfig: ProxyConfig,
  annotations: LabelSource,
): ProxyImages {
  const { hub, variant } = values;
  // An annotation that is there but empty asks for the tag as it stands.
  const wish = ownString(annotations, names.proxyImageType);
  const tag = values.tag === undefined ? '' : formatValue(values.tag);
  const image = (name: string, type: string) =>
    `${hub}/${name || defaultName}:${taggedWith(tag, type)}`;
  return {
    proxy: image(values.proxyImage, wish ?? (proxyConfig.image?.imageType || variant)),
    init: image(values.proxyInitImage, wish ?? variant),
  };
}

function taggedWith(tag: string, type: string): string {
  if (type === '') return tag;
  const known = knownTypes.find((suffix) => tag.endsWith(suffix));
  const plain = known === undefined ? tag : tag.slice(0, -known.length);
  return type === 'default' ? plain : `${plain}-${type}`;
}
