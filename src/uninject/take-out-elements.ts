/** Exports: {@link takeOutElements}. */
import { nameOf, type Pod } from '../inject/pod.ts';
import type { InjectionRecord } from './injection-record.ts';
import { withValueAt } from './pod-place.ts';

/** Takes out the volumes and pull secrets that templates made. */
export function takeOutElements(pod: Pod, record: InjectionRecord): Pod {
  let result = pod;
  for (const list of ['volumes', 'imagePullSecrets'] as const) {
    const elements = pod.spec?.[list];
    const own = elements?.filter((element) => !record[list].has(nameOf(element)));
    if (elements === undefined || own?.length === elements.length) continue;
    result = withValueAt(result, ['spec', list], own?.length === 0 ? undefined : own);
  }
  return result;
}
