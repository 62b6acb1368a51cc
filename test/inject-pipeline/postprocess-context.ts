import type { Container, EnvVar, Pod, TextMap } from '../../src/inject/pod.ts';
import type { PostprocessContext } from '../../src/inject/postprocess/step.ts';
import type { Notice } from '../../src/inject/types.ts';
import type { MeshConfig } from '../../src/mesh/index.ts';

export const mesh: MeshConfig = { defaultConfig: { statusPort: 15020 } };

export const noValues: PostprocessContext['values'] = {
  hub: '',
  tag: undefined,
  variant: '',
  proxyImage: '',
  proxyInitImage: '',
  clusterName: '',
  network: '',
  holdApplicationUntilProxyStarts: undefined,
  rewriteAppHttpProbe: undefined,
};

/** What a step goes by, and the notices it took. */
export function context(
  over: Partial<PostprocessContext> = {},
): PostprocessContext & { readonly notices: Notice[] } {
  const notices: Notice[] = [];
  return {
    original: {},
    templatePod: {},
    mesh,
    values: noValues,
    proxyEnv: new Map(),
    revision: '',
    injectedAnnotations: new Map(),
    notice: (notice) => notices.push(notice),
    notices,
    ...over,
  };
}

export function annotated(
  annotations: TextMap,
  containers: Container[] = [{ name: 'istio-proxy' }],
): Pod {
  return { metadata: { annotations }, spec: { containers } };
}

export function sidecarEnv(pod: Pod): EnvVar[] | undefined {
  return pod.spec?.containers?.find(({ name }) => name === 'istio-proxy')?.env;
}
