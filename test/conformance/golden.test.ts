import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { builtInKinds, findKind, isList } from '../../src/inject/workload/workload-kinds.ts';
import { isJsonObject, type JsonObject } from '../../src/json.ts';
import { runCli } from '../cli/run-cli.ts';
import { compareObjects, comparePods, type Difference, describeDifferences } from './compare.ts';
import { yardstick, yardsticksIn } from './conformance-folder.ts';
import { parseYaml, readYaml } from './read-yaml.ts';
import { type CaseSettings, readSettings } from './settings.ts';
import { type CaseWebhook, postReview, startCaseWebhook } from './webhook-client.ts';

const cases = yardsticksIn('cases', 'golden');

function settingsOf(name: string): CaseSettings {
  const path = yardstick('cases', 'golden', name, 'case.json') ?? '';
  return JSON.parse(readFileSync(path, 'utf8')) as CaseSettings;
}

/** Differences of whole objects: pods as Go sees them, what surrounds them as it stands. */
function compareWorkloads(expected: JsonObject, actual: JsonObject): Difference[] {
  if (isList(expected)) {
    const wanted = expected['items'] as JsonObject[];
    const got = (actual['items'] ?? []) as JsonObject[];
    if (wanted.length !== got.length) return compareObjects(expected, actual);
    return wanted.flatMap((item, at) => compareWorkloads(item, got[at]!));
  }
  const kind = findKind(builtInKinds, expected);
  if (kind === undefined) return compareObjects(expected, actual);
  const { template } = kind.places[0]!;
  const pods = [expected, actual].map((object) => podOf(object, template)) as [
    JsonObject,
    JsonObject,
  ];
  const rest = [expected, actual].map((object) => without(object, template)) as [
    JsonObject,
    JsonObject,
  ];
  return [...comparePods(...pods), ...compareObjects(...rest)];
}

function podOf(object: JsonObject, path: readonly string[]): JsonObject {
  return path.reduce((value, key) => (value[key] ?? {}) as JsonObject, object);
}

/** Everything but the pod template; for a bare pod, nothing. */
function without(object: JsonObject, path: readonly string[]): JsonObject {
  const copy = structuredClone(object);
  if (path.length === 0) return {};
  const parent = podOf(copy, path.slice(0, -1));
  delete parent[path.at(-1)!];
  // Zero values that a typed round trip adds around the template (injection.md, 7.3).
  const spec = copy['spec'];
  if (isJsonObject(spec) && copy['kind'] === 'DeploymentConfig') {
    for (const key of ['triggers', 'strategy']) delete spec[key];
  }
  return copy;
}

describe.skipIf(cases.length === 0)('golden manifests (cases/golden), by kube-inject', () => {
  const withOutput = cases.filter(
    (name) =>
      yardstick('cases', 'golden', name, 'kube-inject.yaml') !== undefined ||
      settingsOf(name).errorContains !== undefined,
  );

  it.each(withOutput)('%s', async (name) => {
    const settings = settingsOf(name);
    const folder = yardstick('cases', 'settings', settings.settings)!;
    const { code, stdout, stderr } = await runCli(
      [
        'kube-inject',
        `--filename=${yardstick('cases', 'golden', name, 'input.yaml')!}`,
        `--injectConfigFile=${join(folder, 'config.yaml')}`,
        `--valuesFile=${join(folder, 'values.yaml')}`,
        `--meshConfigFile=${join(folder, 'mesh.yaml')}`,
        `--native-sidecars=${settings.nativeSidecars}`,
      ],
      settings.compliancePolicy === undefined
        ? {}
        : { env: { COMPLIANCE_POLICY: settings.compliancePolicy } },
    );
    if (settings.errorContains !== undefined) {
      expect(code).toBe(1);
      expect(stdout).toBe('');
      expect(stderr.toLowerCase()).toContain(settings.errorContains);
      return;
    }
    expect(code, stderr).toBe(0);
    if (settings.warningContains !== undefined) expect(stderr).toContain(settings.warningContains);
    const output = parseYaml(stdout);
    const expected = readYaml(yardstick('cases', 'golden', name, 'kube-inject.yaml')!);
    expect(output.length).toBe(expected.length);
    const found = expected.flatMap((object, at) => compareWorkloads(object, output[at]!));
    expect(describeDifferences(found)).toBe('');
  });
});

describe.skipIf(cases.length === 0)('golden pods (cases/golden), over HTTPS', () => {
  const servers = new Map<string, Promise<CaseWebhook>>();
  afterAll(async () => {
    for (const server of servers.values()) await (await server).server.stop(1000);
  });

  function serverFor(settings: CaseSettings): Promise<CaseWebhook> {
    const { errorContains: _, warningContains: __, ...how } = settings;
    const key = JSON.stringify(how);
    let server = servers.get(key);
    if (server === undefined) {
      const folder = yardstick('cases', 'settings', settings.settings)!;
      server = startCaseWebhook(readSettings(folder), settings);
      servers.set(key, server);
    }
    return server;
  }

  const requests = cases.flatMap((name) =>
    yardsticksIn('cases', 'golden', name)
      .filter((file) => /^webhook-\d+\.json$/.test(file))
      .map((file) => ({ name, file })),
  );

  it.each(requests)('$name $file', async ({ name, file }) => {
    const recorded = JSON.parse(
      readFileSync(yardstick('cases', 'golden', name, file)!, 'utf8'),
    ) as { pod: JsonObject; namespace: string; allowed: boolean; patched?: JsonObject };
    const { port } = await serverFor(settingsOf(name));
    const answer = await postReview(port, '/inject', {
      apiVersion: 'admission.k8s.io/v1',
      kind: 'AdmissionReview',
      request: { uid: name, namespace: recorded.namespace, object: recorded.pod },
    });
    expect(answer.allowed, answer.message).toBe(recorded.allowed);
    expect(answer.pod === undefined).toBe(recorded.patched === undefined);
    if (recorded.patched === undefined || answer.pod === undefined) return;
    expect(describeDifferences(comparePods(recorded.patched, answer.pod))).toBe('');
  });
});
