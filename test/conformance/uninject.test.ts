import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import jsonPatch from 'fast-json-patch';
import { describe, expect, it } from 'vitest';
import { loadInjection } from '../../src/cli/documents/load-injection.ts';
import type { InjectionConfiguration } from '../../src/inject/config/injection-configuration.ts';
import { parseInjectPath } from '../../src/inject/data/inject-path.ts';
import { createInjector } from '../../src/inject/injector.ts';
import type { Notice } from '../../src/inject/types.ts';
import { injectObject } from '../../src/inject/workload/inject-object.ts';
import { objectsIn } from '../../src/inject/workload/objects-in.ts';
import { builtInKinds } from '../../src/inject/workload/workload-kinds.ts';
import type { JsonObject } from '../../src/json.ts';
import { uninjectObject } from '../../src/uninject/uninject-object.ts';
import { uninjectPod } from '../../src/uninject/uninject-pod.ts';
import { compareObjects, comparePods, type Difference, describeDifferences } from './compare.ts';
import { yardstick, yardsticksIn } from './conformance-folder.ts';
import { readYaml } from './read-yaml.ts';
import { recordedRequests, requestSets, unzipped } from './recorded-requests.ts';
import { type CaseSettings, configurationOf, readSettings } from './settings.ts';

const context = {
  stdin: Readable.from([]),
  stdout: process.stdout,
  stderr: process.stderr,
  env: {},
  colour: false,
  exitCode: 0,
};

/** What cannot be known after an injection, so that a second one may come out differently. */
const inexact: ReadonlySet<string> = new Set(['probe-not-recorded', 'container-place-unknown']);

function patched(object: JsonObject, patch: readonly object[]): JsonObject {
  return jsonPatch.applyPatch(structuredClone(object), structuredClone(patch) as never, true)
    .newDocument as JsonObject;
}

/** Pods that carried a record before, or a forged one: what it says is taken for true. */
function hasRecord(pod: JsonObject): boolean {
  const { annotations = {} } = (pod['metadata'] ?? {}) as { annotations?: JsonObject };
  return ['sidecar.istio.io/status', 'proxy.istio.io/overrides'].some(
    (name) => name in annotations,
  );
}

/**
 * Annotations that say what injection says anyway are taken out, and those for Prometheus come back in their
 * usual spelling; everything else has to be there again or be told of.
 */
function unexplained(
  found: readonly Difference[],
  notices: readonly Notice[],
): readonly Difference[] {
  if (notices.length > 0) return [];
  return found.filter(({ path }) => !path.startsWith('metadata.annotations.'));
}

for (const set of requestSets) {
  const answers = yardstick('cases', 'requests', `${set.name}.answers.jsonl.gz`);
  describe.skipIf(answers === undefined)(`pods that Istio injected (${set.name})`, () => {
    it('are as they were before, or it is said what cannot be known', () => {
      const texts = readSettings(yardstick('cases', 'settings', set.settings)!);
      const configuration = configurationOf(texts, set, 'webhook');
      const injector = createInjector(configuration, 'webhook');
      const recorded = unzipped(answers!);
      const problems: string[] = [];
      let exact = 0;
      for (const [at, { path, review }] of recordedRequests(set).entries()) {
        const injected = recorded[at]!['pod'] as JsonObject | undefined;
        const { object, namespace } = (review as JsonObject)['request'] as {
          object: JsonObject;
          namespace: string;
        };
        if (injected === undefined || hasRecord(object)) continue;
        const result = uninjectPod({ pod: injected, namespace }, configuration);
        if (result.outcome !== 'uninjected') {
          problems.push(`request ${at}: ${JSON.stringify(result)}`);
          continue;
        }
        const { notices, patch } = result;
        const pod = patched(injected, patch);
        const found = comparePods(object, pod);
        if (found.length === 0) exact++;
        const wrong = unexplained(found, notices);
        if (wrong.length > 0) problems.push(`request ${at}:\n${describeDifferences(wrong)}`);
        if (notices.some(({ code }) => inexact.has(code))) continue;
        const env = parseInjectPath(path as string);
        const again = injector.inject({ pod, namespace, env });
        if (again.outcome !== 'injected') {
          problems.push(`request ${at}: ${again.outcome} when injected again`);
          continue;
        }
        const different = comparePods(injected, patched(pod, again.patch));
        if (different.length === 0) continue;
        problems.push(`request ${at}, injected again:\n${describeDifferences(different)}`);
      }
      expect(problems.slice(0, 5)).toEqual([]);
      expect(exact).toBeGreaterThan(10);
    }, 120_000);
  });
}

/** Both sides object by object, so that what Go's encoders add to each is left aside. */
function differencesBetween(expected: JsonObject, actual: JsonObject): readonly Difference[] {
  const now = [...objectsIn(actual)];
  return [...objectsIn(expected)].flatMap(({ object }, at) =>
    compareObjects(object, now[at]?.object ?? null),
  );
}

const golden = yardsticksIn('cases', 'golden').filter(
  (name) => yardstick('cases', 'golden', name, 'kube-inject.yaml') !== undefined,
);

describe.skipIf(golden.length === 0)('golden manifests (cases/golden)', () => {
  it.each([
    [
      'the configuration at hand',
      (_: InjectionConfiguration, own: InjectionConfiguration) => own,
      60,
    ],
    ['only the built-in one', (builtIn: InjectionConfiguration) => builtIn, 50],
  ] as const)(
    'as Istio wrote them come back with %s, or it is said what cannot be known',
    async (_, choose, least) => {
      const { configuration: builtIn } = await loadInjection({}, context);
      let exact = 0;
      for (const name of golden) {
        const read = (file: string) => yardstick('cases', 'golden', name, file) ?? '';
        const settings = JSON.parse(readFileSync(read('case.json'), 'utf8')) as CaseSettings;
        const texts = readSettings(yardstick('cases', 'settings', settings.settings) ?? '');
        const own = configurationOf(texts, settings, 'offline');
        const expected = readYaml(read('input.yaml'));
        for (const [at, injected] of readYaml(read('kube-inject.yaml')).entries()) {
          const { patch, workloads } = uninjectObject(injected, builtInKinds, choose(builtIn, own));
          const found = differencesBetween(expected[at] ?? {}, patched(injected, patch));
          if (found.length === 0) exact++;
          const told = workloads.some(
            ({ result }) => result.outcome === 'uninjected' && result.notices.length > 0,
          );
          expect(told ? [] : found, `${name}:\n${describeDifferences(found)}`).toEqual([]);
        }
      }
      expect(exact).toBeGreaterThan(least);
    },
    60_000,
  );

  it.each(golden)('%s comes back, or it is said what cannot be known', (name) => {
    const read = (file: string) => yardstick('cases', 'golden', name, file)!;
    const settings = JSON.parse(readFileSync(read('case.json'), 'utf8')) as CaseSettings;
    const texts = readSettings(yardstick('cases', 'settings', settings.settings)!);
    const configuration = configurationOf(texts, settings, 'offline');
    const injector = createInjector(configuration, 'offline');
    for (const object of readYaml(read('input.yaml'))) {
      const first = injectObject(injector, object);
      if (first.workloads.some(({ result }) => result.outcome !== 'injected')) continue;
      const injected = patched(object, first.patch);
      const { patch, workloads } = uninjectObject(injected, builtInKinds, configuration);
      const back = patched(injected, patch);
      for (const { result } of workloads) expect(result.outcome).toBe('uninjected');
      const notices = workloads.flatMap(({ result }) =>
        result.outcome === 'failed' ? [] : result.notices,
      );
      if (notices.length === 0) expect(back).toEqual(object);
      if (notices.some(({ code }) => inexact.has(code))) continue;
      const again = injectObject(injector, back);
      expect(patched(back, again.patch)).toEqual(injected);
    }
  });
});
