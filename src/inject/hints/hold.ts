import { isJsonObject, type JsonObject } from '../../json.ts';
import { mergeProxyConfig } from '../../mesh/index.ts';
import { annotations } from '../annotations.ts';
import { sidecarName } from '../container-place.ts';
import { ownString } from '../pod-metadata.ts';
import type { Notice } from '../types.ts';
import { type Hint, nothing } from './hint.ts';

const field = 'holdApplicationUntilProxyStarts';

/** The wish to start the application after the proxy, or not to, is not going to be met. */
export const hold: Hint = ({ pod, facts }) => {
  if (facts === undefined) return nothing;
  const wish = holdOf(ownString(pod.annotations, annotations.proxyConfig));
  const forced = facts.values.holdApplicationUntilProxyStarts === true;
  if (wish === false && forced) return [overruled];
  if ((wish === true || forced) && !facts.nativeSidecar && hasOwnHook(pod.spec)) return [hookless];
  return nothing;
};

const overruled: Notice = {
  code: 'hold-overruled',
  path: ['metadata', 'annotations', annotations.proxyConfig],
  message: `${field}: false in annotation ${annotations.proxyConfig} has no effect: the values' global.proxy.${field} is true, and either one suffices`,
};
const hookless: Notice = {
  code: 'hold-without-effect',
  message: `${field} has no effect: container ${sidecarName} brings a lifecycle.postStart hook of its own, which takes the place of the one that waits for the proxy`,
};

/** What the annotation says; undefined when it says nothing, or nothing readable (validation tells that). */
function holdOf(text: string | undefined): boolean | undefined {
  // Reading YAML is dear; hardly any pod has to pay for it.
  if (!text?.includes('hold')) return undefined;
  try {
    return mergeProxyConfig({}, text).holdApplicationUntilProxyStarts;
  } catch {
    return undefined;
  }
}

function hasOwnHook(spec: JsonObject): boolean {
  const containers = spec['containers'];
  if (!Array.isArray(containers)) return false;
  return containers.some(
    (container) =>
      isJsonObject(container) &&
      container['name'] === sidecarName &&
      isJsonObject(container['lifecycle']) &&
      isJsonObject(container['lifecycle']['postStart']),
  );
}
