import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configMapData } from '../../src/cli/configuration/config-map.ts';
import { documentedValues } from '../../src/cli/configuration/known-values.ts';
import { parseInjectorConfig } from '../../src/inject/config/parse-injector-config.ts';
import { createTemplateFunctions } from '../../src/inject/functions/index.ts';
import { lintConfiguration } from '../../src/lint/lint-configuration.ts';
import { runCli } from '../cli/run-cli.ts';
import { yardstick } from './conformance-folder.ts';

const injector = yardstick('data', 'istio', 'configmap-istio-sidecar-injector.yaml');
const mesh = yardstick('data', 'istio', 'configmap-istio.yaml');

/** What is known to be there, by template; every other finding is a bug of lint, or news. */
const knownWarnings = new Map([
  [
    'sidecar',
    [
      'annotation proxy.istio.io/config',
      'annotation sidecar.istio.io/userVolume',
      'annotation sidecar.istio.io/userVolumeMount',
      'annotation traffic.sidecar.istio.io/includeOutboundPorts',
      'label service.istio.io/workload-name',
    ],
  ],
  ['gateway', ['annotation proxy.istio.io/config']],
  ['grpc-simple', []],
  [
    'grpc-agent',
    [
      'annotation proxy.istio.io/config',
      'annotation sidecar.istio.io/userVolume',
      'annotation sidecar.istio.io/userVolumeMount',
    ],
  ],
  ...['waypoint', 'kube-gateway', 'agentgateway', 'agentgateway-waypoint'].map(
    (name): [string, string[]] => [name, ['not-for-pods']],
  ),
]);

/** Only with a tracer, a provider or a plugin that the default install does not have. */
const knownWithMoreSettings = [
  'sidecar: annotation apm.datadoghq.com/env',
  'sidecar: annotation k8s.v1.cni.cncf.io/networks',
  'sidecar: label app.kubernetes.io/version',
];

describe.skipIf(injector === undefined)("lint of Istio's own ConfigMap (data/istio)", () => {
  it('finds nothing but what is known', () => {
    const data = configMapData(readFileSync(injector ?? '', 'utf8'), 'config');
    const findings = lintConfiguration(
      parseInjectorConfig(data?.['config'] ?? ''),
      data?.['values'] ?? '',
      configMapData(readFileSync(mesh ?? '', 'utf8'), 'mesh')?.['mesh'] ?? '',
      createTemplateFunctions(),
      documentedValues(),
    );
    const found = new Map([...knownWarnings.keys()].map((name) => [name, new Set<string>()]));
    for (const { template = '', severity, rule, message } of findings) {
      expect(severity, message).toBe('warning');
      const subject = /the text of (.*) can become/.exec(message)?.[1];
      found.get(template)?.add(rule === 'text-becomes-structure' ? (subject ?? '') : rule);
    }
    for (const [name, expected] of knownWarnings) {
      expect([...(found.get(name) ?? [])].sort(), name).toEqual(expected);
    }
  });

  it('finds little more with settings that are seldom used, reading the file itself', async () => {
    const { code, stdout } = await runCli(['template', 'lint', injector ?? '', '-o', 'json']);
    expect(code).toBe(0);
    const { errors, findings } = JSON.parse(stdout) as {
      errors: number;
      findings: { template: string; rule: string; message: string; line?: number }[];
    };
    expect(errors).toBe(0);
    const found = new Set(
      findings
        .filter(({ rule }) => rule !== 'not-for-pods')
        .map(({ template, message, line }) => {
          expect(line).toBeGreaterThan(0);
          return `${template}: ${/the text of (.*) can become/.exec(message)?.[1] ?? message}`;
        }),
    );
    const known = [...knownWarnings].flatMap(([template, subjects]) =>
      subjects
        .filter((subject) => subject !== 'not-for-pods')
        .map((subject) => `${template}: ${subject}`),
    );
    expect([...found].sort()).toEqual([...known, ...knownWithMoreSettings].sort());
  });
});
