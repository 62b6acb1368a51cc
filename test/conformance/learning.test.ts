import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createInjector } from '../../src/inject/injector.ts';
import type { InjectRequest } from '../../src/inject/types.ts';
import { isJsonObject, type JsonObject } from '../../src/json.ts';
import { yardstick, yardsticksIn } from './conformance-folder.ts';
import { recordedRequests, requestSets } from './recorded-requests.ts';
import { type CaseSettings, configurationOf, readSettings } from './settings.ts';

const cases = yardsticksIn('cases', 'golden');

function recorded(set: (typeof requestSets)[number]): InjectRequest[] {
  return recordedRequests(set).flatMap((request) => {
    const { request: inner } = request['review'] as { request: JsonObject };
    const pod = inner['object'];
    return isJsonObject(pod) ? [{ pod, namespace: String(inner['namespace'] ?? '') }] : [];
  });
}

/** What was taught a template is made a variant of, and its ways are learnt, after some eight pods. */
const rounds = 3;
const lessons = 8;
/** So many of a recorded set: they are made by chance, and the rest is of the same kind. */
const enough = 60;

/** Teaches one injector by pods of the set, asks it everything, and compares with one that learns nothing. */
function compare(settings: CaseSettings, requests: readonly InjectRequest[]): string[] {
  const folder = yardstick('cases', 'settings', settings.settings)!;
  const configuration = configurationOf(readSettings(folder), settings, 'webhook');
  const plain = createInjector(configuration, 'webhook', { learn: false });
  const learner = createInjector(configuration, 'webhook');
  for (let lesson = 0; lesson < lessons; lesson++) learner.inject(requests[0]!);
  const expected = requests.map((request) => JSON.stringify(plain.inject(request)));
  const problems: string[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const [at, request] of requests.entries()) {
      const actual = JSON.stringify(learner.inject(request));
      if (actual !== expected[at])
        problems.push(`${round}, ${at}: ${actual}\n not ${expected[at]}`);
    }
  }
  return problems.slice(0, 3);
}

/** Golden pods by settings, so that a configuration is compiled once. */
function goldenPods(): { settings: CaseSettings; requests: InjectRequest[] }[] {
  const sets = new Map<string, { settings: CaseSettings; requests: InjectRequest[] }>();
  for (const name of cases) {
    const read = (file: string) =>
      JSON.parse(readFileSync(yardstick('cases', 'golden', name, file)!, 'utf8')) as unknown;
    const {
      errorContains: _,
      warningContains: __,
      ...settings
    } = read('case.json') as CaseSettings;
    const key = JSON.stringify(settings);
    const requests: InjectRequest[] = [];
    const set = sets.get(key) ?? { settings, requests };
    sets.set(key, set);
    for (const file of yardsticksIn('cases', 'golden', name)) {
      if (file.startsWith('webhook-')) set.requests.push(read(file) as InjectRequest);
    }
  }
  return [...sets.values()].filter(({ requests }) => requests.length > 0);
}

describe.skipIf(cases.length === 0)(
  'an injector that has learnt answers as one that has not',
  () => {
    it('golden pods', () => {
      for (const { settings, requests } of goldenPods()) {
        expect(compare(settings, requests)).toEqual([]);
      }
    });

    it.each(requestSets)('recorded requests ($name)', (set) => {
      expect(compare(set, recorded(set).slice(0, enough))).toEqual([]);
    });
  },
);
