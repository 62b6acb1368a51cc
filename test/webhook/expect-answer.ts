import { expect } from 'vitest';
import type { Answer } from './test-server.ts';

/** Expects an answer in plain text. */
export function expectText(answer: Answer, status: number, text: string): void {
  expect(answer.status).toBe(status);
  expect(answer.text).toBe(text);
  expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(answer.headers['x-content-type-options']).toBe('nosniff');
}

/** Expects a refusal that cannot say which review it answers. */
export function expectAnonymousRefusal(answer: Answer, message: RegExp): void {
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.text)).toEqual({
    response: {
      uid: '',
      allowed: false,
      status: { metadata: {}, message: expect.stringMatching(message) },
    },
  });
}
