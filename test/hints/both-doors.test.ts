import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { loadInjection } from '../../src/cli/documents/load-injection.ts';
import { createInjector } from '../../src/inject/index.ts';
import type { JsonObject } from '../../src/json.ts';
import { runCli } from '../cli/run-cli.ts';
import { review } from '../webhook/sample-review.ts';
import { send, startTestServer, type TestServer } from '../webhook/test-server.ts';

const app = { name: 'app', image: 'app:1' };
const hold = {
  'proxy.istio.io/config': '{"holdApplicationUntilProxyStarts": true}',
};
const ownHook = {
  name: 'istio-proxy',
  image: 'auto',
  lifecycle: { postStart: { exec: { command: ['true'] } } },
};

/** A pod, whether its proxy is a native sidecar, and what its author should be told. */
interface Case {
  readonly told: string;
  readonly pod: { readonly metadata?: JsonObject; readonly spec: JsonObject };
  readonly native: boolean;
  /** The workload that the pod belongs to. */
  readonly owner?: readonly [apiVersion: string, kind: string];
}

const cases: readonly (readonly [string, Case])[] = [
  [
    'a Job with a classic sidecar',
    {
      pod: { spec: { containers: [app] } },
      native: false,
      owner: ['batch/v1', 'Job'],
      told: 'Job "web" may never complete',
    },
  ],
  [
    'image auto in a pod that is not injected',
    {
      pod: {
        metadata: { labels: { 'sidecar.istio.io/inject': 'false' } },
        spec: { containers: [{ name: 'istio-proxy', image: 'auto' }] },
      },
      native: true,
      told: 'container "istio-proxy" has image "auto", which nobody replaces because the pod is not injected',
    },
  ],
  [
    'an order of containers that has no effect',
    {
      pod: { metadata: { annotations: hold }, spec: { containers: [app, ownHook] } },
      native: false,
      told: 'holdApplicationUntilProxyStarts has no effect: container istio-proxy brings a lifecycle.postStart hook',
    },
  ],
  [
    'a label that is misspelled',
    {
      pod: { metadata: { labels: { 'istio-inject': 'true' } }, spec: { containers: [app] } },
      native: true,
      told: 'nobody reads label istio-inject on a pod; label sidecar.istio.io/inject may be meant',
    },
  ],
  [
    'a label and an annotation that disagree',
    {
      pod: {
        metadata: {
          labels: { 'sidecar.istio.io/inject': 'true' },
          annotations: { 'sidecar.istio.io/inject': 'false' },
        },
        spec: { containers: [app] },
      },
      native: true,
      told: 'annotation sidecar.istio.io/inject is "false" but has no effect',
    },
  ],
];

function manifest({ pod, owner = ['apps/v1', 'Deployment'] }: Case, metadata: JsonObject = {}) {
  const [apiVersion, kind] = owner;
  return stringify({
    apiVersion,
    kind,
    metadata: { name: 'web', ...metadata },
    spec: { template: pod },
  });
}

const injectorFor = async (native: boolean) => {
  const { configuration } = await loadInjection(
    { nativeSidecars: native ? 'true' : 'false' },
    {
      stdin: Readable.from([]),
      stdout: process.stdout,
      stderr: process.stderr,
      env: {},
      colour: false,
      exitCode: 0,
    },
  );
  return createInjector(configuration, 'webhook');
};

describe('kube-inject says on standard error', () => {
  test.each(cases)('%s', async (_, one) => {
    const flags = ['--native-sidecars', String(one.native)];
    const { code, stderr } = await runCli(['kube-inject', '-f', '-', ...flags], {
      stdin: manifest(one),
    });
    expect(code).toBe(0);
    expect(stderr).toContain(`Note: <stdin>: `);
    expect(stderr).toContain(one.told);
  });

  test('nothing else, and ends with 2 when --strict is given and there is anything to say', async () => {
    const inject = async (one: Case, ...flags: string[]) =>
      (await runCli(['kube-inject', '-f', '-', '--strict', ...flags], { stdin: manifest(one) }))
        .code;
    const fine: Case = { pod: { spec: { containers: [app] } }, native: true, told: '' };
    const [[, job], [, leftOut]] = cases as [(typeof cases)[0], (typeof cases)[0]];
    expect(await inject(fine)).toBe(0);
    expect(await inject(job, '--native-sidecars', 'false')).toBe(2);
    expect(await inject(leftOut)).toBe(2);
    expect(await inject(fine, '--pod-security', 'restricted')).toBe(2);
    expect(await inject(fine, '--check')).toBe(1);
  });

  test('a CronJob with a classic sidecar, but not one with a native one', async () => {
    const stdin = stringify({
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'nightly' },
      spec: { jobTemplate: { spec: { template: { spec: { containers: [app] } } } } },
    });
    const inject = (native: string) =>
      runCli(['kube-inject', '-f', '-', '--native-sidecars', native], { stdin });
    expect((await inject('false')).stderr).toContain('CronJob "nightly" may never complete');
    expect((await inject('true')).stderr).toBe('');
  });

  test('labels on the Deployment where only those of the pod template count', async () => {
    const { stderr } = await runCli(['kube-inject', '-f', '-'], {
      stdin: manifest(
        { pod: { spec: { containers: [app] } }, native: true, told: '' },
        { labels: { 'sidecar.istio.io/inject': 'false' } },
      ),
    });
    expect(stderr).toContain('it belongs in spec.template.metadata');
  });

  test('init containers that run when traffic is redirected already', async () => {
    const stdin = stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web' },
      spec: { containers: [app], initContainers: [{ name: 'migrate', image: 'm:1' }] },
    });
    const { stderr } = await runCli(
      ['kube-inject', '-f', '-', '--native-sidecars', 'false', '--profile', 'cni'],
      { stdin },
    );
    expect(stderr).toContain('init container "migrate" has no network');
  });

  test('what a level of the Pod Security Standards forbids', async () => {
    const { code, stderr } = await runCli(
      ['kube-inject', '-f', '-', '--pod-security', 'restricted'],
      { stdin: manifest({ pod: { spec: { containers: [app] } }, native: true, told: '' }) },
    );
    expect(code).toBe(0);
    expect(stderr).toMatch(/Pod Security restricted: container "app": .* \(.+\)/);
    expect(stderr).toMatch(/Pod Security restricted: container "istio-init": .*CNI plugin/);
  });

  test('a kind with a pod template that is not known, with the flag that makes it known', async () => {
    const thing = (kind: string) =>
      manifest({
        pod: { spec: { containers: [app] } },
        native: true,
        told: '',
        owner: ['apps.example.com/v1', kind],
      });
    const { stdout, stderr } = await runCli(['kube-inject', '-f', '-'], { stdin: thing('Thing') });
    expect(stdout).toBe(thing('Thing'));
    const [, flag = ''] = /--pod-template '(.+?)'/.exec(stderr) ?? [];
    expect(flag).toBe('apps.example.com/Thing=spec.template');
    const known = await runCli(['kube-inject', '-f', '-', '--pod-template', flag], {
      stdin: thing('Thing'),
    });
    expect([known.code, known.stderr]).toEqual([0, '']);
    expect(known.stdout).toContain('istio-proxy');
  });
});

test.each([
  ['apps.openshift.io/v1', 'DeploymentConfig'],
  ['argoproj.io/v1alpha1', 'Rollout'],
  ['serving.knative.dev/v1', 'Service'],
  ['apps.kruise.io/v1alpha1', 'CloneSet'],
  ['apps.kruise.io/v1beta1', 'StatefulSet'],
  ['apps.kruise.io/v1alpha1', 'DaemonSet'],
  ['apps.kruise.io/v1alpha1', 'BroadcastJob'],
])('%s %s is injected like a Deployment', async (apiVersion, kind) => {
  const { stdout } = await runCli(['kube-inject', '-f', '-'], {
    stdin: manifest({
      pod: { spec: { containers: [app] } },
      native: true,
      told: '',
      owner: [apiVersion, kind],
    }),
  });
  expect(stdout).toContain('istio-proxy');
});

describe('the webhook warns of', () => {
  let native: TestServer;
  let classic: TestServer;
  beforeAll(async () => {
    const [one, other] = [await injectorFor(true), await injectorFor(false)];
    native = await startTestServer({ current: () => one });
    classic = await startTestServer({ current: () => other });
  });
  afterAll(async () => {
    await native.server.stop(1000);
    await classic.server.stop(1000);
  });

  async function warnings(one: Case): Promise<string> {
    const { pod, owner = ['apps/v1', 'ReplicaSet'] } = one;
    const [apiVersion, kind] = owner;
    const metadata = {
      ...pod.metadata,
      generateName: 'web-',
      ownerReferences: [{ apiVersion, kind, name: 'web', uid: '1', controller: true }],
    };
    const body = JSON.stringify(review({ object: { ...pod, metadata } }));
    const { text } = await send((one.native ? native : classic).port, { body });
    return JSON.parse(text).response.warnings?.join('\n') ?? '';
  }

  test.each(cases)('%s', async (_, one) => {
    expect(await warnings(one)).toContain(one.told);
  });

  test('nothing in an ordinary pod', async () => {
    expect(await warnings({ pod: { spec: { containers: [app] } }, native: true, told: '' })).toBe(
      '',
    );
  });
});
