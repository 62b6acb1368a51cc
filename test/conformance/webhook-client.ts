import { readFileSync } from 'node:fs';
import jsonPatch from 'fast-json-patch';
import { pino } from 'pino';
import { createInjector } from '../../src/inject/injector.ts';
import type { InjectRequest } from '../../src/inject/types.ts';
import { isJsonObject, type JsonObject } from '../../src/json.ts';
import { AnswerCache } from '../../src/webhook/answers/answer-cache.ts';
import { createWebhookServer, type WebhookServer } from '../../src/webhook/server.ts';
import { send, testCertificate } from '../webhook/test-server.ts';
import { type CaseSettings, configurationOf, type SettingsTexts } from './settings.ts';

/** A webhook over HTTPS that runs with the settings of a case. */
export interface CaseWebhook {
  readonly port: number;
  readonly server: WebhookServer;
}

export async function startCaseWebhook(
  texts: SettingsTexts,
  settings: Omit<CaseSettings, 'settings'>,
): Promise<CaseWebhook> {
  const injector = createInjector(configurationOf(texts, settings, 'webhook'));
  const { namespaceAnnotations } = settings;
  const current =
    namespaceAnnotations === undefined
      ? injector
      : {
          inject: (request: InjectRequest) =>
            injector.inject({ ...request, namespaceMeta: { annotations: namespaceAnnotations } }),
        };
  const server = createWebhookServer({
    current: () => current,
    answers: new AnswerCache(16 * 1024 * 1024),
    certificate: await testCertificate(),
    logger: pino({ level: 'silent' }),
  });
  return { server, port: await server.listen('127.0.0.1', 0) };
}

/** What came back for a review, with the patch applied by the library, not by our own code. */
export interface CaseAnswer {
  readonly status: number;
  readonly apiVersion: string | undefined;
  readonly uid: string | undefined;
  readonly allowed: boolean | undefined;
  readonly message: string | undefined;
  readonly pod: JsonObject | undefined;
}

export async function postReview(
  port: number,
  path: string,
  review: JsonObject,
): Promise<CaseAnswer> {
  const { status, text } = await send(port, { path, body: JSON.stringify(review) });
  // The second answer is kept for other replicas, and the third comes from there.
  for (let count = 2; count <= 3; count++) {
    const { text: again } = await send(port, { path, body: JSON.stringify(review) });
    if (again !== text) throw new Error(`asked again, it is ${again}, not ${text}`);
  }
  const answer = JSON.parse(text) as JsonObject;
  const response = answer['response'] as JsonObject;
  const request = review['request'] as JsonObject;
  const patch = response['patch'];
  const object = request['object'];
  const patched =
    typeof patch === 'string' && isJsonObject(object)
      ? (jsonPatch.applyPatch(
          structuredClone(object),
          JSON.parse(Buffer.from(patch, 'base64').toString('utf8')),
          true,
        ).newDocument as JsonObject)
      : undefined;
  const statusMember = response['status'];
  return {
    status,
    apiVersion: answer['apiVersion'] as string | undefined,
    uid: response['uid'] as string | undefined,
    allowed: response['allowed'] as boolean | undefined,
    message: isJsonObject(statusMember) ? String(statusMember['message']) : undefined,
    pod: patched,
  };
}

/** Reads a file of one JSON value a line. */
export function readLines(path: string): JsonObject[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JsonObject);
}
