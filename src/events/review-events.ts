import type { ReviewReason, ReviewRecord } from '../webhook/review/review-record.ts';
import type { ReviewRecorder } from '../webhook/review-recorder.ts';
import type { ClusterEvent, EventSubject } from './cluster-event.ts';

/**
 * Reasons to skip a pod that its author may not have meant: the API server sent the pod because somebody asked
 * for injection, and nobody objected to it for this pod.
 */
const unexpected: { readonly [reason in ReviewReason]?: string } = {
  'host-network':
    'it uses the network of its node (hostNetwork), where a sidecar cannot redirect traffic',
  'ignored-namespace': 'pods of this namespace are never injected',
  'injection-off': 'injection is turned off for the whole injector (INJECT_ENABLED)',
  'policy-invalid': 'the policy of the injector configuration is neither enabled nor disabled',
};

/** Texts that somebody wrote to say something, and that say nothing. */
const misspelt: { readonly [reason in ReviewReason]?: string } = {
  'label-invalid': 'its label sidecar.istio.io/inject is neither "true" nor "false"',
  'annotation-invalid': 'its annotation sidecar.istio.io/inject is neither "true" nor "false"',
};

/**
 * A recorder that tells the owner of a pod what became of it: the ReplicaSet, Job or whatever controls it, or
 * the pod itself. Requests that are only tried out leave no trace.
 */
export function eventsOfReviews(write: (event: ClusterEvent) => void): ReviewRecorder {
  return {
    record(record) {
      if (record.dryRun) return;
      const event = eventOf(record);
      if (event !== undefined) write(event);
    },
  };
}

function eventOf(record: ReviewRecord): ClusterEvent | undefined {
  const subject = subjectOf(record);
  if (subject === undefined) return undefined;
  switch (record.outcome) {
    case 'injected': {
      const message = `Injected by template ${record.templates.join(', ')}`;
      return { subject, type: 'Normal', reason: 'SidecarInjected', message };
    }
    case 'failed': {
      const message = `Pod refused: ${record.message ?? record.reason}`;
      return { subject, type: 'Warning', reason: 'SidecarRefused', message };
    }
    case 'skipped': {
      const why = whyUnexpected(record);
      if (why === undefined) return undefined;
      const message = `Pod created without a sidecar: ${why}`;
      return { subject, type: 'Warning', reason: 'SidecarSkipped', message };
    }
    default:
      return undefined;
  }
}

function whyUnexpected({ reason, decision }: ReviewRecord): string | undefined {
  if (reason !== 'policy-disabled') return unexpected[reason];
  for (const step of decision?.steps ?? []) {
    const why = step.reason && misspelt[step.reason];
    if (why !== undefined) return why;
  }
  return undefined;
}

/** Undefined when there is nothing yet that an Event could be about: a bare pod without a name. */
function subjectOf({ controller, namespace, pod }: ReviewRecord): EventSubject | undefined {
  if (namespace === '') return undefined;
  if (controller !== undefined) return { ...controller, namespace };
  if (pod === '' || pod.includes('*')) return undefined;
  return { apiVersion: 'v1', kind: 'Pod', name: pod, namespace };
}
