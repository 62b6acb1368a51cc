import { expect, test } from 'vitest';
import { createEndpoint } from '../../src/webhook/endpoint.ts';
import type { PodInjector } from '../../src/webhook/review/review-pod.ts';
import { FakeInjector } from './fake-injector.ts';
import { review } from './sample-review.ts';

const request = (body: string) => ({
  path: '/inject',
  contentType: 'application/json',
  body,
  deadline: undefined,
});

test('a review that comes before there is a configuration gets 503, so that failurePolicy decides', () => {
  let injector: PodInjector | undefined;
  const endpoint = createEndpoint(() => injector);
  const body = JSON.stringify(review());
  const { uid } = review().request as { uid: string };
  expect(endpoint(request(body))).toMatchObject({
    status: 503,
    type: 'text',
    text: 'there is no configuration to inject by yet\n',
    record: { outcome: 'failed', reason: 'not-ready', status: 503, uid },
  });
  injector = new FakeInjector();
  expect(endpoint(request(body))).toMatchObject({ status: 200, record: { outcome: 'injected' } });
});

test('a malformed request is told so even then', () => {
  const endpoint = createEndpoint(() => undefined);
  expect(endpoint(request('{'))).toMatchObject({ record: { reason: 'not-json' } });
});
