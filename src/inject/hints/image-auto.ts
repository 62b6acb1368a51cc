import { isJsonObject, type JsonObject } from '../../json.ts';
import { ownString } from '../pod-metadata.ts';
import type { Notice } from '../types.ts';
import { type Hint, nothing } from './hint.ts';

/** Image that asks the injector to fill in the proxy's. */
const placeholder = 'auto';

/** A pod that is not injected keeps its placeholder images, and none of them can be pulled. */
export const imageAuto: Hint = ({ pod, decision }) =>
  decision.inject ? nothing : placeholders(pod.spec, 'the pod is not injected');

/** The same for an injected pod: containers that no template made its own. */
export function unreplacedImages(injected: JsonObject): readonly Notice[] {
  const spec = injected['spec'];
  return isJsonObject(spec)
    ? placeholders(spec, 'no template makes a container of that name')
    : nothing;
}

function placeholders(spec: JsonObject, because: string): readonly Notice[] {
  let notices: Notice[] | undefined;
  for (const member of ['containers', 'initContainers']) {
    const list = spec[member];
    if (!Array.isArray(list)) continue;
    for (const [index, container] of list.entries()) {
      if (!isJsonObject(container) || container['image'] !== placeholder) continue;
      notices ??= [];
      notices.push({
        code: 'image-auto',
        path: ['spec', member, index, 'image'],
        message: `container ${JSON.stringify(ownString(container, 'name') ?? '')} has image "auto", which nobody replaces because ${because}; it cannot be pulled`,
      });
    }
  }
  return notices ?? nothing;
}
