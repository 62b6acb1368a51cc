import jsonPatch from 'fast-json-patch';
import { stringify } from 'yaml';
import { OutriggerError } from '../../errors.ts';
import type { JsonObject, JsonValue } from '../../json.ts';
import type { WebhookVerdict } from './read-answer.ts';
import type { TryOptions } from './try-options.ts';

/** The pod as it is after the webhook's patch. @throws OutriggerError when the patch does not apply */
function patchedPod(pod: JsonObject, patch: readonly JsonValue[]): JsonValue {
  try {
    const operations = patch as unknown as Parameters<typeof jsonPatch.applyPatch>[1];
    return jsonPatch.applyPatch(pod, operations, true, false).newDocument;
  } catch (cause) {
    const detail = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    throw new OutriggerError(
      'OUTRIGGER_SERVER',
      `the webhook's patch does not apply to the pod: ${detail}`,
      { hint: 'Look at the patch with --output patch.', cause },
    );
  }
}

/** What goes to stdout: the patched pod, or the patch or answer behind it. */
export function dataOf(
  verdict: WebhookVerdict,
  pod: JsonObject,
  output: TryOptions['output'],
): string {
  if (output === 'review') return json(verdict.review);
  if (output === 'patch') return json(verdict.patch ?? []);
  const patched = patchedPod(pod, verdict.patch ?? []);
  return output === 'json' ? json(patched) : stringify(patched, { lineWidth: 0 });
}

/** What goes to stderr: what the webhook did, why, and what it warns of. */
export function summaryOf(verdict: WebhookVerdict, milliseconds: number): string {
  const { reason, trace } = verdict.auditAnnotations;
  const why = typeof reason === 'string' ? ` (${reason})` : '';
  const took = `${milliseconds.toFixed(1)} ms`;
  const what =
    verdict.patch === undefined
      ? `left the pod alone${why}`
      : `patched the pod with ${verdict.patch.length} operations${why}`;
  const lines = [`The webhook ${what}, in ${took}.`];
  if (typeof trace === 'string') lines.push(`It looked at: ${trace}`);
  for (const warning of verdict.warnings) lines.push(`Warning: ${warning}`);
  return `${lines.join('\n')}\n`;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
