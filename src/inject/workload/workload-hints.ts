/** Exports: {@link workloadNotices}. */
import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';
import { annotations, labels, namespaceLabels } from '../annotations.ts';
import type { Notice } from '../types.ts';
import { memberAt, templatePathText } from './template-path.ts';
import { groupOf, type TemplatePlace, typeOf } from './workload-kinds.ts';

const podLabels = [labels.inject, 'istio-inject', namespaceLabels.injection];
/** What users write; what injection leaves behind is nobody's wish. */
const podAnnotations = Object.values(annotations).filter(
  (name) =>
    name.includes('istio.io') && name !== annotations.status && name !== annotations.overrides,
);

/** What the author of a workload should know about the object around the pod template. */
export function workloadNotices(object: JsonObject, place: TemplatePlace): readonly Notice[] {
  if (place.template.length === 0) return [];
  return [...misplaced(object, place), ...knative(object, place)];
}

/** Labels and annotations of the workload itself that only count on its pods. */
function* misplaced(object: JsonObject, place: TemplatePlace): Generator<Notice> {
  const { kind } = typeOf(object);
  const templateMetadata = [...place.template, 'metadata'];
  for (const [member, names] of [
    ['labels', podLabels],
    ['annotations', podAnnotations],
  ] as const) {
    const own = memberAt(object, ['metadata', member]);
    if (!isJsonObject(own)) continue;
    for (const name of names) {
      if (!Object.hasOwn(own, name)) continue;
      const counts = [place.metadata, templateMetadata].some((path) =>
        hasMember(memberAt(object, [...path, member]), name),
      );
      if (counts) continue;
      const noun = member === 'labels' ? 'label' : 'annotation';
      yield {
        code: `${noun}-on-workload`,
        path: ['metadata', member, name],
        message: `${noun} ${name} is on the ${kind} itself, where it does nothing; it belongs in ${templatePathText(templateMetadata)}`,
      };
    }
  }
}

function hasMember(map: JsonValue | undefined, name: string): boolean {
  return isJsonObject(map) && Object.hasOwn(map, name);
}

/** Knative lets only one container of a template have ports, and the proxy's have names it does not know. */
function* knative(object: JsonObject, place: TemplatePlace): Generator<Notice> {
  const { apiVersion, kind } = typeOf(object);
  if (groupOf(apiVersion) !== 'serving.knative.dev') return;
  yield {
    code: 'knative-refuses-sidecar',
    message: `Knative may refuse a ${kind} with a proxy in its template (several containers with ports); rather label ${templatePathText(place.template)}.metadata and have the webhook inject its pods`,
  };
}
