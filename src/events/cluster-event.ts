import type { JsonObject } from '../json.ts';

/** The object that an Event is about. */
export interface EventSubject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** `kubectl describe` only shows Events that have it. */
  readonly uid?: string | undefined;
}

/** Something that people should find beside an object of theirs. */
export interface ClusterEvent {
  readonly subject: EventSubject;
  readonly type: 'Normal' | 'Warning';
  /** Stable, in CamelCase; scripts may select by it. */
  readonly reason: EventReason;
  readonly message: string;
}

/** Why an Event was written. */
export type EventReason =
  | 'SidecarInjected'
  | 'SidecarRefused'
  | 'SidecarSkipped'
  | 'ConfigurationRefused';

/** The API server refuses longer ones. */
const longestMessage = 1024;

/** An Event of `v1` as the API server takes it. */
export function toEventObject(event: ClusterEvent, reporter: string, now: Date): JsonObject {
  const { subject, type, reason, message } = event;
  const { uid, ...involvedObject } = subject;
  const time = now.toISOString().replace(/\.\d+Z$/, 'Z');
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { generateName: 'outrigger-', namespace: subject.namespace },
    involvedObject: { ...involvedObject, ...(uid !== undefined && { uid }) },
    type,
    reason,
    message: message.length > longestMessage ? `${message.slice(0, longestMessage - 1)}…` : message,
    firstTimestamp: time,
    lastTimestamp: time,
    count: 1,
    source: { component: 'outrigger' },
    reportingComponent: 'outrigger',
    reportingInstance: reporter,
  };
}
