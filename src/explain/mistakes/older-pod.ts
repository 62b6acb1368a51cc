import { namespaceLabels } from '../../inject/annotations.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';
import type { Mistake } from '../explanation.ts';
import { configurationOf } from '../gate.ts';
import { labelField } from '../object-name.ts';
import { restart } from '../pod-place.ts';
import type { Findings } from './finder.ts';
import { namespaceOf } from './namespace-of.ts';

/** Sidecars come when pods are made: what was said afterwards changes nothing for those that are there. */
export function* olderPod({ subject, gate, now }: Findings): Generator<Mistake> {
  if (!subject.exists || subject.injected || now !== 'injected') return;
  const made = timeOf(subject.pod);
  if (made === undefined) return;
  for (const name of [namespaceLabels.injection, namespaceLabels.revision]) {
    if (subject.namespaceLabels?.[name] === undefined) continue;
    const labelled = lastLabelled(subject.namespace.object, name);
    if (labelled === undefined || labelled.at <= made) continue;
    yield {
      code: 'pod-older-than-label',
      message: `the pod was made ${iso(made)}, before its namespace got ${name} (${iso(labelled.at)}, by ${labelled.by}); sidecars come only when pods are made`,
      object: namespaceOf(subject),
      field: labelField(name),
      remedies: [restart(subject)],
    };
    return;
  }
  const [first] = gate.called;
  const webhookMade = first?.created === undefined ? Number.NaN : Date.parse(first.created);
  if (first !== undefined && webhookMade > made) {
    yield {
      code: 'pod-older-than-webhook',
      message: `the pod was made ${iso(made)}, before there was a webhook to inject it (${iso(webhookMade)})`,
      object: configurationOf(first),
      field: 'metadata.creationTimestamp',
      remedies: [restart(subject)],
    };
  }
}

function timeOf({ metadata }: JsonObject): number | undefined {
  const text = isJsonObject(metadata) ? metadata['creationTimestamp'] : undefined;
  const time = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** Who owns a label, and when they last changed anything; undefined where managed fields are not kept. */
function lastLabelled(
  namespace: JsonObject | undefined,
  name: string,
): { readonly at: number; readonly by: string } | undefined {
  const metadata = isJsonObject(namespace?.['metadata']) ? namespace['metadata'] : {};
  const managed = Array.isArray(metadata['managedFields']) ? metadata['managedFields'] : [];
  for (const one of managed) {
    if (!isJsonObject(one) || typeof one['time'] !== 'string') continue;
    const labels = memberOf(memberOf(one['fieldsV1'], 'f:metadata'), 'f:labels');
    if (!isJsonObject(labels) || !Object.hasOwn(labels, `f:${name}`)) continue;
    const by = typeof one['manager'] === 'string' ? one['manager'] : 'somebody';
    return { at: Date.parse(one['time']), by };
  }
  return undefined;
}

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(value) ? value[name] : undefined;
}

function iso(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}
