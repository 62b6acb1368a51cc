import { readFileSync } from 'node:fs';
import jsonPatch from 'fast-json-patch';
import { describe, expect, it } from 'vitest';
import { embeddedConfiguration } from '../../src/embedded/load.ts';
import type { InjectionConfiguration } from '../../src/inject/config/injection-configuration.ts';
import { parseInjectorConfig } from '../../src/inject/config/parse-injector-config.ts';
import { injectObject } from '../../src/inject/index.ts';
import type { InjectorMode } from '../../src/inject/inject-pod.ts';
import { createInjector, type Injector } from '../../src/inject/injector.ts';
import type { InjectRequest, InjectResult } from '../../src/inject/types.ts';
import { isJsonObject, type JsonObject } from '../../src/json.ts';
import { comparePods, describeDifferences } from './compare.ts';
import { yardstick, yardsticksIn } from './conformance-folder.ts';
import { readYaml } from './read-yaml.ts';
import { recordedRequests, requestSets } from './recorded-requests.ts';
import { type CaseSettings, compiledTemplate, configurationOf, readSettings } from './settings.ts';

const ourNames = ['sidecar', 'gateway', 'grpc-agent', 'grpc-simple'] as const;
const stockSettings = '313f6f67';

/** The configuration with our templates in the place of Istio's stock ones; others stay. */
function withOurTemplates(configuration: InjectionConfiguration): InjectionConfiguration {
  const texts = new Map(configuration.config.templates);
  const templates = new Map(configuration.templates);
  for (const name of ourNames) {
    // Should a case bring a stock template of its own version, nothing can be said about ours.
    expect(texts.get(name), `${name} of the settings`).toBe(stock.get(name));
    texts.set(name, ours.get(name)!);
    templates.set(name, compiledTemplate(ours.get(name)!));
  }
  return { ...configuration, config: { ...configuration.config, templates: texts }, templates };
}

const ours = parseInjectorConfig(embeddedConfiguration().config).templates;
const stockFolder = yardstick('cases', 'settings', stockSettings);
const stock: ReadonlyMap<string, string> =
  stockFolder === undefined
    ? new Map()
    : parseInjectorConfig(readSettings(stockFolder).config).templates;

/** Two injectors that only differ in their templates. */
interface Pair {
  readonly theirs: Injector;
  readonly own: Injector;
}

const pairs = new Map<string, Pair>();

function pairFor(settings: CaseSettings, mode: InjectorMode): Pair {
  const { errorContains: _, warningContains: __, ...relevant } = settings;
  const key = JSON.stringify([relevant, mode]);
  let pair = pairs.get(key);
  if (pair === undefined) {
    const folder = yardstick('cases', 'settings', settings.settings)!;
    const theirs = configurationOf(readSettings(folder), settings, mode);
    pair = {
      // That the guard lets Istio's templates pass for these pods is looked at elsewhere.
      theirs: createInjector(trusting(theirs), mode),
      own: createInjector(withOurTemplates(theirs), mode),
    };
    pairs.set(key, pair);
  }
  return pair;
}

function trusting({ trust, ...configuration }: InjectionConfiguration): InjectionConfiguration {
  return { ...configuration, trust: { ...trust, annotations: true } };
}

/** What came of all the pods of a run: how many of each kind, and what is wrong. */
class Tally {
  readonly problems: string[] = [];
  readonly #counts = new Map<string, number>();

  /** Asks both injectors, and counts what they agree on. */
  compare(title: string, { theirs, own }: Pair, request: InjectRequest): void {
    const expected = theirs.inject(request);
    const actual = own.inject(request);
    this.count(expected.outcome);
    if (expected.outcome !== 'injected' || actual.outcome !== 'injected') {
      const [wanted, got] = [expected, actual].map((result) => JSON.stringify(saidBy(result)));
      if (wanted !== got) this.problems.push(`${title}: ${got}\n not ${wanted}`);
      return;
    }
    const found = comparePods(
      withoutBootstrapScript(patched(request.pod, expected)),
      withoutBootstrapScript(patched(request.pod, actual)),
    );
    if (found.length > 0) this.problems.push(`${title}:\n${describeDifferences(found)}`);
  }

  count(what: string): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
  }

  of(what: string): number {
    return this.#counts.get(what) ?? 0;
  }

  /** Prints what was looked at. */
  report(what: string): void {
    const counts = [...this.#counts].map(([kind, number]) => `${number} ${kind}`);
    console.log(`${what}: ${counts.join(', ')}`);
  }
}

/** What has to be the same although there is no pod to compare. */
function saidBy(result: InjectResult): unknown {
  if (result.outcome === 'failed') {
    // The places in the templates are not the same.
    return result.error.message.replace(/inject:\d+:\d+: executing .* at <.*?>: /, '');
  }
  return result.outcome === 'skipped' ? result.decision.reason : result.outcome;
}

function patched(pod: JsonObject, { patch }: { patch: readonly unknown[] }): JsonObject {
  return jsonPatch.applyPatch(structuredClone(pod), [...patch] as never, true)
    .newDocument as JsonObject;
}

/** The script that writes the gRPC bootstrap file is in our own words; what it writes is the same. */
function withoutBootstrapScript(pod: JsonObject): JsonObject {
  const spec = pod['spec'] as JsonObject;
  const initContainers = ((spec['initContainers'] ?? []) as JsonObject[]).map((container) => {
    const { command: _, ...rest } = container;
    return container['name'] === 'grpc-bootstrap-init' ? rest : container;
  });
  return { ...pod, spec: { ...spec, initContainers } };
}

/** What an offline injection asks for each workload in a manifest. */
function offlineRequests(path: string, injector: Injector): InjectRequest[] {
  const asked: InjectRequest[] = [];
  const listening: Injector = {
    ...injector,
    inject(request) {
      asked.push(request);
      return injector.inject(request);
    },
  };
  for (const object of readYaml(path)) injectObject(listening, object);
  return asked;
}

describe.skipIf(stockFolder === undefined)("our templates make the pods that Istio's make", () => {
  for (const nativeSidecars of [true, false]) {
    const style = nativeSidecars ? 'native' : 'classic';

    it(`for every golden case, as webhook and offline, ${style} sidecars`, () => {
      const tally = new Tally();
      const cases = yardsticksIn('cases', 'golden');
      const withoutPods: string[] = [];
      for (const name of cases) {
        const file = (inner: string) => yardstick('cases', 'golden', name, inner)!;
        const read = (inner: string) => JSON.parse(readFileSync(file(inner), 'utf8')) as unknown;
        const settings = { ...(read('case.json') as CaseSettings), nativeSidecars };
        const offline = pairFor(settings, 'offline');
        const requests = offlineRequests(file('input.yaml'), offline.theirs);
        for (const request of requests) tally.compare(`${name} offline`, offline, request);
        const answers = yardsticksIn('cases', 'golden', name).filter((inner) =>
          inner.startsWith('webhook-'),
        );
        for (const inner of answers) {
          const request = read(inner) as InjectRequest;
          tally.compare(`${name} ${inner}`, pairFor(settings, 'webhook'), request);
        }
        if (requests.length + answers.length === 0) withoutPods.push(name);
      }
      tally.report(`pods of ${cases.length} golden cases, ${style}`);
      console.log(`golden cases without a pod: ${withoutPods.join(', ') || 'none'}`);
      expect(tally.problems).toEqual([]);
      // Most are there to be injected.
      expect(tally.of('injected')).toBeGreaterThan(cases.length);
    });

    it(`for every recorded request, ${style} sidecars`, () => {
      const sets = new Set(
        yardsticksIn('cases', 'requests').flatMap(
          (name) => /^(.*)\.answers\.jsonl\.gz$/.exec(name)?.[1] ?? [],
        ),
      );
      expect(new Set(requestSets.map(({ name }) => name))).toEqual(sets);
      for (const set of requestSets) {
        const tally = new Tally();
        const pair = pairFor({ settings: set.settings, nativeSidecars }, 'webhook');
        for (const [at, recorded] of recordedRequests(set).entries()) {
          const { request } = recorded['review'] as { request: JsonObject };
          const pod = request['object'];
          const namespace = String(request['namespace'] ?? '');
          if (isJsonObject(pod)) tally.compare(`${set.name} ${at}`, pair, { pod, namespace });
          else tally.count('without a pod');
        }
        tally.report(`requests of ${set.name}, ${style}`);
        expect(tally.problems.slice(0, 5), `${tally.problems.length} differ`).toEqual([]);
        expect(tally.of('injected')).toBeGreaterThan(0);
      }
    });
  }
});
