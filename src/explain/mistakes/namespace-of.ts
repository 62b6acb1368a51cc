import type { ObjectName } from '../explanation.ts';
import type { Subject } from '../subject.ts';

/** The namespace of a subject, as an object. */
export function namespaceOf({ namespace }: Subject): ObjectName {
  return { kind: 'Namespace', name: namespace.name };
}
