import { readFileSync } from 'node:fs';
import jsonPatch from 'fast-json-patch';
import { describe, expect, it } from 'vitest';
import { embeddedConfiguration } from '../../src/embedded/load.ts';
import { parseInjectorConfig } from '../../src/inject/config/parse-injector-config.ts';
import { createInjector, type Injector } from '../../src/inject/injector.ts';
import { isJsonObject, type JsonObject } from '../../src/json.ts';
import { comparePods, describeDifferences } from './compare.ts';
import { yardstick, yardsticksIn } from './conformance-folder.ts';
import { recordedRequests, requestSets } from './recorded-requests.ts';
import {
  type CaseSettings,
  configurationOf,
  readSettings,
  type SettingsTexts,
} from './settings.ts';

const ourNames = ['sidecar', 'gateway', 'grpc-agent', 'grpc-simple'] as const;

/** The settings with our templates in the place of Istio's stock ones; others stay. */
function withOurTemplates(texts: SettingsTexts, stock: ReadonlyMap<string, string>): SettingsTexts {
  const config = parseInjectorConfig(texts.config);
  const ours = parseInjectorConfig(embeddedConfiguration().config).templates;
  const templates = new Map(config.templates);
  for (const name of ourNames) {
    if (templates.get(name) === stock.get(name)) templates.set(name, ours.get(name) ?? '');
  }
  const merged = {
    ...config,
    templates: Object.fromEntries(templates),
    aliases: Object.fromEntries(config.aliases),
    injectedAnnotations: Object.fromEntries(config.injectedAnnotations),
  };
  return { ...texts, config: JSON.stringify(merged) };
}

/** Which pod and namespace a case asks about. */
interface Asked {
  readonly title: string;
  readonly pod: JsonObject;
  readonly namespace: string;
}

function outcome(injector: Injector, { pod, namespace }: Asked): JsonObject | string {
  const result = injector.inject({ pod, namespace });
  if (result.outcome !== 'injected') return result.outcome;
  return jsonPatch.applyPatch(structuredClone(pod), [...result.patch] as never, true)
    .newDocument as JsonObject;
}

/** The script that writes the gRPC bootstrap file is in our own words; what it writes is the same. */
function withoutBootstrapScript(pod: JsonObject): JsonObject {
  const copy = structuredClone(pod);
  const spec = copy['spec'] as JsonObject;
  for (const container of (spec['initContainers'] ?? []) as JsonObject[]) {
    if (container['name'] === 'grpc-bootstrap-init') delete container['command'];
  }
  return copy;
}

function compareTemplates(
  folder: string,
  stock: ReadonlyMap<string, string>,
  settings: Omit<CaseSettings, 'settings'>,
  asked: readonly Asked[],
): { problems: string[]; injected: number } {
  const texts = readSettings(folder);
  const theirs = createInjector(configurationOf(texts, settings, 'webhook'));
  const own = createInjector(configurationOf(withOurTemplates(texts, stock), settings, 'webhook'));
  const problems: string[] = [];
  let injected = 0;
  for (const one of asked) {
    const expected = outcome(theirs, one);
    const actual = outcome(own, one);
    if (typeof expected === 'string' || typeof actual === 'string') {
      if (expected !== actual) problems.push(`${one.title}: ${String(actual)}`);
      continue;
    }
    injected++;
    const found = comparePods(withoutBootstrapScript(expected), withoutBootstrapScript(actual));
    if (found.length > 0) problems.push(`${one.title}:\n${describeDifferences(found)}`);
  }
  return { problems, injected };
}

const stockConfig = yardstick('cases', 'settings', '313f6f67', 'config.yaml');

describe.skipIf(stockConfig === undefined)("our templates make the pods that Istio's make", () => {
  const stock =
    stockConfig === undefined
      ? new Map<string, string>()
      : parseInjectorConfig(readFileSync(stockConfig, 'utf8')).templates;

  for (const nativeSidecars of [true, false]) {
    const style = nativeSidecars ? 'native' : 'classic';

    it(`for every golden pod, ${style} sidecars`, () => {
      const problems: string[] = [];
      let compared = 0;
      for (const name of yardsticksIn('cases', 'golden')) {
        const read = (file: string) =>
          JSON.parse(readFileSync(yardstick('cases', 'golden', name, file)!, 'utf8')) as unknown;
        const settings = { ...(read('case.json') as CaseSettings), nativeSidecars };
        const asked = yardsticksIn('cases', 'golden', name)
          .filter((file) => file.startsWith('webhook-'))
          .map((file) => {
            const { pod, namespace } = read(file) as { pod: JsonObject; namespace: string };
            return { title: `${name} ${file}`, pod, namespace };
          });
        const folder = yardstick('cases', 'settings', settings.settings)!;
        const found = compareTemplates(folder, stock, settings, asked);
        problems.push(...found.problems);
        compared += found.injected;
      }
      console.log(`${compared} golden pods compared, ${style} sidecars`);
      expect(problems).toEqual([]);
    });

    it(`for every recorded request, ${style} sidecars`, () => {
      const problems: string[] = [];
      let compared = 0;
      for (const set of requestSets) {
        const folder = yardstick('cases', 'settings', set.settings)!;
        const asked = recordedRequests(set).flatMap((request, at) => {
          const { request: inner } = request['review'] as { request: JsonObject };
          const pod = inner['object'];
          const namespace = String(inner['namespace'] ?? '');
          return isJsonObject(pod) ? [{ title: `${set.name} ${at}`, pod, namespace }] : [];
        });
        const found = compareTemplates(folder, stock, { nativeSidecars }, asked);
        problems.push(...found.problems);
        compared += found.injected;
      }
      console.log(`${compared} recorded pods compared, ${style} sidecars`);
      expect(problems.slice(0, 5), `${problems.length} differ`).toEqual([]);
    });
  }
});
