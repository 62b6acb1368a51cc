/** Exports: {@link addLines}. */
import type { ChainStep, Explanation, Mistake } from '../../explain/explanation.ts';
import { fieldPath, objectName } from '../../explain/object-name.ts';
import type { FoundObject } from './objects-of-files.ts';

/** Says where in the files the fields stand that an explanation is about. */
export function addLines(
  explanation: Explanation,
  found: readonly FoundObject[],
  defaultNamespace: string,
): Explanation {
  const key = (name: ChainStep['object']) => `${name.kind} ${name.namespace ?? ''} ${name.name}`;
  const byName = new Map(
    found.map((one) => {
      const { namespace, ...name } = objectName(one.object, defaultNamespace);
      const clusterWide = ['Namespace', 'MutatingWebhookConfiguration'].includes(name.kind);
      return [key(clusterWide || namespace === undefined ? name : { ...name, namespace }), one];
    }),
  );
  const placed = <Part extends ChainStep | Mistake>(part: Part): Part => {
    const { object, field } = part;
    const source = field && byName.get(key(object))?.sourceOf(fieldPath(field));
    return source ? { ...part, source } : part;
  };
  return {
    ...explanation,
    chain: explanation.chain.map(placed),
    mistakes: explanation.mistakes.map(placed),
  };
}
