import { pino } from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import { logReviews } from '../../src/webhook/log-reviews.ts';
import { malformedRecord, type ReviewRecord } from '../../src/webhook/review/review-record.ts';
import type { ReviewTiming } from '../../src/webhook/review-recorder.ts';
import { pod, review } from './sample-review.ts';
import { send, startTestServer, type TestServer } from './test-server.ts';

let running: TestServer | undefined;
afterEach(() => running?.server.stop(1000));

async function start(options: Parameters<typeof startTestServer>[0] = {}) {
  running = await startTestServer(options);
  return running;
}

const aboveDebug = (server: TestServer) => server.log.filter(({ level }) => Number(level) > 20);

describe('the log', () => {
  test('has one line for a decision: workload, outcome, reason and duration, nothing of the pod', async () => {
    const server = await start();
    await send(server.port, { body: JSON.stringify(review({ dryRun: true })) });
    expect(aboveDebug(server)).toEqual([
      {
        level: 30,
        time: expect.any(Number),
        msg: 'pod injected',
        outcome: 'injected',
        reason: 'label-true',
        workload: 'Deployment/web',
        namespace: 'shop',
        pod: 'web-5d4f-*****',
        uid: 'u-1',
        dryRun: true,
        templates: ['sidecar'],
        operations: 2,
        milliseconds: expect.any(Number),
      },
    ]);
    expect(JSON.stringify(server.log)).not.toMatch(/hunter2|PASSWORD|web:1/);
  });

  test('tells at debug level what each rule saw', async () => {
    const server = await start();
    await send(server.port, { body: JSON.stringify(review()) });
    const steps = server.log.filter(({ level }) => level === 20);
    expect(steps.map(({ rule }) => rule)).toEqual(['host network', 'inject label']);
    expect(steps[1]?.['msg']).toContain('"true"');
  });

  test('says what decided when a pod is skipped, but not what stood there', async () => {
    const server = await start();
    await send(server.port, { body: JSON.stringify(review({ object: pod({ do: 'skip' }) })) });
    expect(aboveDebug(server)).toMatchObject([
      { outcome: 'skipped', reason: 'policy-disabled', decidedBy: 'policy' },
    ]);
  });

  test('names the annotation to blame when a pod is refused', async () => {
    const server = await start();
    await send(server.port, { body: JSON.stringify(review({ object: pod({ do: 'fail' }) })) });
    expect(aboveDebug(server)).toMatchObject([
      { level: 40, outcome: 'failed', reason: 'template', subject: 'sidecar.istio.io/proxyCPU' },
    ]);
  });

  test('does not quote a body that is not JSON', async () => {
    const server = await start();
    await send(server.port, { body: '{"password":"hunter2"' });
    expect(aboveDebug(server)).toMatchObject([
      { level: 40, outcome: 'malformed', reason: 'not-json' },
    ]);
    expect(JSON.stringify(server.log)).not.toContain('hunter2');
  });

  test('writes nothing about decisions at level warn', () => {
    const lines: string[] = [];
    const recorder = logReviews(pino({ level: 'warn' }, { write: (line) => lines.push(line) }));
    recorder.record(injected, { took: 1, deadline: 10_000 });
    expect(lines).toEqual([]);
    recorder.record(malformedRecord('no-body', 400, 'no body found'), {
      took: 1,
      deadline: undefined,
    });
    expect(lines).toHaveLength(1);
  });

  test('warns of an answer that came after its deadline', () => {
    const lines: string[] = [];
    const recorder = logReviews(pino({ level: 'warn' }, { write: (line) => lines.push(line) }));
    recorder.record(injected, { took: 11, deadline: 10 });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      outcome: 'injected',
      deadline: 10,
      milliseconds: 11,
    });
  });
});

const injected: ReviewRecord = {
  outcome: 'injected',
  reason: 'label-true',
  status: 200,
  uid: 'u',
  namespace: 'n',
  pod: 'p',
  workload: 'Pod/p',
  dryRun: false,
  templates: ['sidecar'],
  operations: 1,
  notices: [],
};

describe('a recorder', () => {
  test('is told about every request, one outcome each', async () => {
    const seen: [string, string, number][] = [];
    const server = await start({
      recorder: {
        record: ({ outcome, reason, status }) => void seen.push([outcome, reason, status]),
      },
    });
    const bodies = [
      JSON.stringify(review()),
      JSON.stringify(review({ object: pod({ do: 'skip' }) })),
      JSON.stringify(review({ object: pod({ do: 'fail' }) })),
      JSON.stringify(review({ object: pod({ do: 'throw' }) })),
      JSON.stringify(review({ object: null })),
      JSON.stringify({ ...review(), request: null }),
      '{}',
      'x',
      '',
      ' '.repeat(6291457),
    ];
    for (const body of bodies) await send(server.port, { body });
    await send(server.port, { body: '{}', contentType: 'text/plain' });
    expect(seen).toEqual([
      ['injected', 'label-true', 200],
      ['skipped', 'policy-disabled', 200],
      ['failed', 'template', 200],
      ['failed', 'internal', 200],
      ['malformed', 'no-pod', 200],
      ['malformed', 'no-request', 400],
      ['malformed', 'not-a-review', 200],
      ['malformed', 'not-json', 200],
      ['malformed', 'no-body', 400],
      ['malformed', 'body-too-large', 400],
      ['malformed', 'content-type', 415],
    ]);
  });

  test('learns how long the request took and how long the API server would have waited', async () => {
    const timings: ReviewTiming[] = [];
    const server = await start({ recorder: { record: (_, timing) => void timings.push(timing) } });
    const body = JSON.stringify(review());
    for (const query of [
      '?timeout=10s',
      '?a=b&timeout=500ms',
      '',
      '?timeout=soon',
      '?xtimeout=3s',
    ]) {
      await send(server.port, { path: `/inject${query}`, body });
    }
    expect(timings.map(({ deadline }) => deadline)).toEqual([
      10_000,
      500,
      undefined,
      undefined,
      undefined,
    ]);
    expect(timings.every(({ took }) => took >= 0)).toBe(true);
  });

  test('that throws costs no pod its sidecar', async () => {
    const server = await start({
      recorder: {
        record() {
          throw new Error('the metrics are full');
        },
      },
    });
    const answer = await send(server.port, { body: JSON.stringify(review()) });
    expect(JSON.parse(answer.text).response.allowed).toBe(true);
  });
});
