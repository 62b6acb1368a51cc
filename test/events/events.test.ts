import { pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { OutriggerError } from '../../src/errors.ts';
import type { ClusterEvent } from '../../src/events/cluster-event.ts';
import { eventsOfReloads } from '../../src/events/configuration-events.ts';
import { createEventWriter, defaultLimits } from '../../src/events/event-writer.ts';
import { eventsOfReviews } from '../../src/events/review-events.ts';
import type { ReasonCode } from '../../src/inject/types.ts';
import type { JsonObject } from '../../src/json.ts';
import { ApiError } from '../../src/kube/api-error.ts';
import type { ApiRequest, ApiServer } from '../../src/kube/api-server.ts';
import { sampleRecord } from '../metrics/sample-state.ts';

const controller = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-5d4f', uid: 'u-rs' };
const timing = { took: 1, deadline: undefined };

function eventsOf(...records: Partial<typeof sampleRecord>[]) {
  const events: ClusterEvent[] = [];
  const recorder = eventsOfReviews((event) => events.push(event));
  for (const record of records) {
    recorder.record({ ...sampleRecord, controller, ...record }, timing);
  }
  return events;
}

function decision(...reasons: ReasonCode[]) {
  const steps = reasons.map((reason) => ({
    rule: 'policy' as const,
    outcome: 'skip' as const,
    reason,
    saw: { field: '', value: undefined },
  }));
  return { inject: false, reason: 'policy-disabled' as const, steps };
}

describe('Events about reviews', () => {
  test('go to the controller of the pod', () => {
    expect(eventsOf({})).toEqual([
      {
        subject: { ...controller, namespace: 'shop' },
        type: 'Normal',
        reason: 'SidecarInjected',
        message: 'Injected by template sidecar',
      },
    ]);
  });

  test('say why a pod was refused', () => {
    const [event] = eventsOf({ outcome: 'failed', reason: 'template', message: 'bad CPU' });
    expect(event).toMatchObject({ type: 'Warning', reason: 'SidecarRefused' });
    expect(event?.message).toContain('bad CPU');
  });

  test('tell of a skipped pod only when its author may have expected something else', () => {
    const skipped = { outcome: 'skipped' } as const;
    expect(eventsOf({ ...skipped, reason: 'label-false' })).toEqual([]);
    expect(eventsOf({ ...skipped, reason: 'policy-disabled', decision: decision() })).toEqual([]);
    const [hostNetwork] = eventsOf({ ...skipped, reason: 'host-network' });
    expect(hostNetwork?.message).toContain('hostNetwork');
    const [misspelt] = eventsOf({
      ...skipped,
      reason: 'policy-disabled',
      decision: decision('label-invalid', 'policy-disabled'),
    });
    expect(misspelt).toMatchObject({ type: 'Warning', reason: 'SidecarSkipped' });
  });

  test('are not written for requests that are only tried out, and not about nothing', () => {
    expect(eventsOf({ dryRun: true })).toEqual([]);
    expect(eventsOf({ controller: undefined, pod: 'web-*****' })).toEqual([]);
    expect(eventsOf({ outcome: 'malformed', reason: 'no-body', namespace: '' })).toEqual([]);
  });
});

test('an Event about a refused configuration goes to the ConfigMap that is to blame', () => {
  const events: ClusterEvent[] = [];
  const hooks = eventsOfReloads((event) => events.push(event));
  const error = new OutriggerError('OUTRIGGER_MESH', 'bad', {
    place: { file: 'ConfigMap istio-system/istio, key mesh' },
  });
  const at = new Date();
  const source = 'ConfigMap istio-system/shared, ConfigMap istio-system/istio';
  hooks.refused?.({ part: 'mesh', source, reason: 'here: bad', error, at });
  hooks.refused?.({
    part: 'mesh',
    source: 'mesh.yaml',
    reason: 'bad',
    error: new OutriggerError('OUTRIGGER_MESH', 'bad'),
    at,
  });
  expect(events).toHaveLength(1);
  expect(events[0]).toMatchObject({
    subject: { kind: 'ConfigMap', name: 'istio', namespace: 'istio-system' },
    reason: 'ConfigurationRefused',
  });
  expect(events[0]?.message).toContain('here: bad');
});

function startWriter(limits = {}, answer: (request: ApiRequest) => JsonObject = () => ({})) {
  const requests: ApiRequest[] = [];
  const results: string[] = [];
  const log: string[] = [];
  const api = {
    url: 'http://api',
    async request(request: ApiRequest) {
      requests.push(request);
      return answer(request);
    },
  } as unknown as ApiServer;
  const writer = createEventWriter({
    api,
    reporter: 'outrigger-1',
    logger: pino({ level: 'warn' }, { write: (line) => log.push(line) }),
    counted: (result) => results.push(result),
    limits: { ...defaultLimits, ...limits },
  });
  onTestFinished(() => writer.stop());
  return { writer, requests, results, log };
}

const event = (name: string, message = 'm'): ClusterEvent => ({
  subject: { apiVersion: 'apps/v1', kind: 'ReplicaSet', name, namespace: 'shop', uid: 'u' },
  type: 'Normal',
  reason: 'SidecarInjected',
  message,
});

describe('the writer of Events', () => {
  test('writes to the namespace of the object, with its uid', async () => {
    const { writer, requests, results } = startWriter();
    writer.write(event('web', 'x'.repeat(2000)));
    await expect.poll(() => results).toEqual(['written']);
    expect(requests[0]).toMatchObject({
      method: 'POST',
      path: '/api/v1/namespaces/shop/events',
      body: {
        kind: 'Event',
        involvedObject: { kind: 'ReplicaSet', name: 'web', uid: 'u' },
        reportingInstance: 'outrigger-1',
      },
    });
    expect(String(Object(requests[0]?.body).message)).toHaveLength(1024);
  });

  test('says the same about the same object once', async () => {
    const { writer, results } = startWriter();
    for (let count = 0; count < 50; count++) writer.write(event('web'));
    writer.write(event('other'));
    await expect.poll(() => results).toEqual(['written', 'written']);
  });

  test('keeps to its rate, and drops what the queue cannot hold', async () => {
    const { writer, requests, results } = startWriter({ burst: 3, perSecond: 0.001, queued: 10 });
    for (let count = 0; count < 20; count++) writer.write(event(`web-${count}`));
    await expect.poll(() => requests.length).toBe(3);
    expect(results.filter((result) => result === 'dropped').length).toBeGreaterThanOrEqual(9);
    await writer.stop();
    expect(requests).toHaveLength(3);
  });

  test('complains once when it may not write, and goes on', async () => {
    const { writer, results, log } = startWriter({}, () => {
      throw new ApiError('forbidden', { status: 403 });
    });
    writer.write(event('a'));
    writer.write(event('b'));
    await expect.poll(() => results).toEqual(['failed', 'failed']);
    expect(log).toHaveLength(1);
  });

  test('looks up the uid of a ConfigMap', async () => {
    const { writer, requests, results } = startWriter({}, ({ method }) =>
      method === 'POST' ? {} : { metadata: { uid: 'u-cm' } },
    );
    const subject = { apiVersion: 'v1', kind: 'ConfigMap', name: 'istio', namespace: 'mesh' };
    writer.write({ subject, type: 'Warning', reason: 'ConfigurationRefused', message: 'm' });
    await expect.poll(() => results).toEqual(['written']);
    expect(requests[0]?.path).toBe('/api/v1/namespaces/mesh/configmaps/istio');
    expect(requests[1]?.body).toMatchObject({ involvedObject: { uid: 'u-cm' } });
  });
});
