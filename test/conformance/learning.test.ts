import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { InjectorMode } from '../../src/inject/inject-pod.ts';
import { createInjector } from '../../src/inject/injector.ts';
import type { InjectRequest } from '../../src/inject/types.ts';
import { isJsonObject, type JsonObject } from '../../src/json.ts';
import { yardstick, yardsticksIn } from './conformance-folder.ts';
import { recordedRequests, requestSets } from './recorded-requests.ts';
import { type CaseSettings, configurationOf, readSettings } from './settings.ts';

const cases = yardsticksIn('cases', 'golden');

function goldenPods(): { settings: CaseSettings; requests: InjectRequest[] }[] {
  return cases.map((name) => {
    const read = (file: string) =>
      JSON.parse(readFileSync(yardstick('cases', 'golden', name, file)!, 'utf8')) as unknown;
    const requests = yardsticksIn('cases', 'golden', name)
      .filter((file) => file.startsWith('webhook-'))
      .map((file) => read(file) as InjectRequest);
    return { settings: read('case.json') as CaseSettings, requests };
  });
}

function recorded(set: (typeof requestSets)[number]): InjectRequest[] {
  return recordedRequests(set).flatMap((request) => {
    const { request: inner } = request['review'] as { request: JsonObject };
    const pod = inner['object'];
    return isJsonObject(pod) ? [{ pod, namespace: String(inner['namespace'] ?? '') }] : [];
  });
}

/** Asks one injector everything several times over, and compares with one that learns nothing. */
function compare(
  settings: CaseSettings,
  requests: readonly InjectRequest[],
  mode: InjectorMode,
): string[] {
  const folder = yardstick('cases', 'settings', settings.settings)!;
  const configuration = configurationOf(readSettings(folder), settings, mode);
  const plain = createInjector(configuration, mode, { learn: false });
  const learner = createInjector(configuration, mode);
  const expected = requests.map((request) => JSON.stringify(plain.inject(request)));
  const problems: string[] = [];
  for (let round = 0; round < 12; round++) {
    for (const [at, request] of requests.entries()) {
      const actual = JSON.stringify(learner.inject(request));
      if (actual !== expected[at])
        problems.push(`${round}, ${at}: ${actual}\n not ${expected[at]}`);
    }
  }
  return problems.slice(0, 3);
}

describe.skipIf(cases.length === 0)(
  'an injector that has learnt answers as one that has not',
  () => {
    for (const mode of ['webhook', 'offline'] as const) {
      it(`golden pods, ${mode}`, () => {
        for (const { settings, requests } of goldenPods()) {
          expect(compare(settings, requests, mode)).toEqual([]);
        }
      });

      it.each(requestSets)(`recorded requests ($name), ${mode}`, (set) => {
        expect(compare(set, recorded(set), mode)).toEqual([]);
      });
    }
  },
);
