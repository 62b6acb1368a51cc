import type { InjectionConfiguration } from '../../src/inject/config/injection-configuration.ts';
import { compileDecisionPolicy } from '../../src/inject/decide/decide.ts';
import { defaultMeshConfig } from '../../src/mesh/index.ts';
import { noValues } from './postprocess-context.ts';

/** A sidecar in small: everything that later steps look for. */
const classic = `
metadata:
  labels:
    added: label
  annotations:
    added: annotation
spec:
  initContainers:
  - name: istio-init
    image: proxy
    args: [istio-iptables, -u, "1337"]
  containers:
  - name: istio-proxy
    image: proxy:1
    args: [proxy, sidecar]
    ports:
    - containerPort: 15090
      name: metrics
    env:
    - name: POD_NAME
      valueFrom:
        fieldRef:
          fieldPath: metadata.name
    - name: CPU
      valueFrom:
        resourceFieldRef:
          resource: limits.cpu
          divisor: "1"
    resources:
      limits:
        cpu: 2000m
    securityContext:
      runAsUser: 1337
    volumeMounts:
    - name: data
      mountPath: /data
  volumes:
  - name: data
    emptyDir:
  securityContext:
    fsGroup: 1337
`;

const native = classic
  .replace('  initContainers:\n', '')
  .replace(/ {2}- name: istio-init[\s\S]*"1337"\]\n/, '')
  .replace('  containers:\n', '  initContainers:\n')
  .replace('    image: proxy:1\n', '    image: proxy:1\n    restartPolicy: Always\n');

/** Templates of the tests' own, as texts that need no rendering. */
export const overlays: ReadonlyMap<string, string> = new Map([
  ['classic', classic],
  ['native', native],
  ['void', ''],
  ['label', 'metadata: {labels: {extra: "1"}}'],
  ['app', 'spec: {containers: [{name: app, env: [{name: X, value: t}]}]}'],
  ['list', '- a'],
  ['broken', '{a: '],
  ['typo', 'spec: {containers: [{name: [x]}]}'],
]);

/** An injector's configuration around them. */
export function configuration(
  over: Partial<InjectionConfiguration> & { readonly defaultTemplates?: readonly string[] } = {},
): InjectionConfiguration {
  const { defaultTemplates = ['classic'], ...rest } = over;
  const config = {
    policy: 'enabled',
    defaultTemplates,
    templates: overlays,
    aliases: new Map([['alias', ['label', 'classic']]]),
    neverInjectSelector: [],
    alwaysInjectSelector: [],
    injectedAnnotations: new Map<string, string>(),
  };
  const crash = () => {
    throw new Error('template: inject:1:2: executing "inject" at <.Nope>: no');
  };
  return {
    hash: '',
    config,
    templates: new Map([
      ...[...overlays].map(([name, text]) => [name, { execute: () => text }] as const),
      ['crash', { execute: crash }],
    ]),
    decision: compileDecisionPolicy(config),
    values: { typed: { ...noValues, hub: 'hub', rewriteAppHttpProbe: true }, map: {} },
    mesh: defaultMeshConfig(),
    revision: '',
    nativeSidecars: false,
    compliancePolicy: '',
    platform: '',
    trust: { environment: new Map() },
    ...rest,
  };
}
