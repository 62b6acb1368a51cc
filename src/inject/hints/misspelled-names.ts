import type { JsonObject } from '../../json.ts';
import { annotations, labels, namespaceLabels } from '../annotations.ts';
import type { Notice } from '../types.ts';
import { type Hint, nothing } from './hint.ts';

/** Names that people write when they mean the inject label; nobody reads them on a pod. */
const mistaken: ReadonlySet<string> = new Set([
  namespaceLabels.injection,
  'istio-inject',
  'istio-injected',
  'istio.io/inject',
  'istio.io/injection',
  'sidecar.istio.io/inject-sidecar',
  'sidecar.istio.io/injected',
  'sidecar.istio.io/injection',
  'sidecar.istio/inject',
  'sidecar-istio.io/inject',
]);

const annotationsByFold = byFold(annotations);
const labelsByFold = byFold(labels);

/** Labels and annotations that come close to a name the injector reads, but are not it. */
export const misspelledNames: Hint = ({ pod }) => {
  let notices: Notice[] | undefined;
  for (const [where, map, known] of [
    ['label', pod.labels, labelsByFold],
    ['annotation', pod.annotations, annotationsByFold],
  ] as const) {
    for (const found of lookalikes(where, map, known)) {
      notices ??= [];
      notices.push(found);
    }
  }
  return notices ?? nothing;
};

function* lookalikes(
  where: 'label' | 'annotation',
  map: JsonObject,
  known: ReadonlyMap<string, string>,
): Generator<Notice> {
  for (const name of Object.keys(map)) {
    if (!name.includes('istio')) continue;
    const right = mistaken.has(name) ? labels.inject : known.get(name.toLowerCase());
    if (right === undefined || right === name) continue;
    yield {
      code: `${where}-misspelled`,
      path: ['metadata', `${where}s`, name],
      message: `nobody reads ${where} ${name} on a pod; ${right === labels.inject ? 'label ' : ''}${right} may be meant`,
    };
  }
}

function byFold(names: { readonly [key: string]: string }): ReadonlyMap<string, string> {
  return new Map(Object.values(names).map((name) => [name.toLowerCase(), name]));
}
