import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test } from 'vitest';
import { openConfiguration } from '../../src/cli/serve/open-configuration.ts';
import type { JsonObject } from '../../src/json.ts';
import { temporaryFolder } from '../cli/run-cli.ts';
import { keepLines } from '../kube/log-lines.ts';
import { send } from './test-server.ts';

const plainPod: JsonObject = {
  metadata: { name: 'web' },
  spec: { containers: [{ name: 'web', image: 'w' }] },
};

/** What the webhook answers with these flags, as JSON. */
async function patchWith(
  options: { profile?: string; set?: string[]; injectConfigFile?: string },
  pod: JsonObject = plainPod,
): Promise<string> {
  const { logger } = keepLines();
  const opened = await openConfiguration({
    options: {
      ...{ istioNamespace: 'istio-system', port: 0, tlsNames: [] },
      ...{ logLevel: 'info', logFormat: 'json' },
      ...options,
    },
    env: {},
    cluster: undefined,
    logger,
  });
  const result = opened.current()?.inject({ pod, namespace: 'shop' });
  await opened.stop();
  return result?.outcome === 'injected' ? JSON.stringify(result.patch) : String(result?.outcome);
}

describe('the profiles of serve', () => {
  test.each([
    ['default', ['istio-init', '"cpu":"100m"'], ['istio-validation', 'fips']],
    ['cni', ['istio-validation'], ['istio-init"', 'k8s.v1.cni.cncf.io/networks']],
    ['minimal', ['istio-init'], ['"cpu":"100m"']],
    ['openshift', ['istio-validation', 'default/istio-cni'], ['istio-init"']],
    ['fips', ['fips140=only', '-distroless'], []],
  ])('%s', async (profile, present, absent) => {
    const patch = await patchWith({ profile });
    for (const text of present) expect(patch).toContain(text);
    for (const text of absent) expect(patch).not.toContain(text);
  });

  test('are below what --set says', async () => {
    const patch = await patchWith({ profile: 'cni', set: ['pilot.cni.enabled=false'] });
    expect(patch).toContain('istio-init"');
  });
});

const program = join(import.meta.dirname, '../../src/main.ts');
let child: ChildProcess | undefined;
afterEach(stop);

async function stop(): Promise<void> {
  const running = child;
  child = undefined;
  if (running === undefined) return;
  const ended = once(running, 'exit');
  running.kill('SIGKILL');
  await ended;
}

/** Starts the program and gives its port. */
async function serve(...flags: string[]): Promise<number> {
  const usual = ['--port=0', '--host=127.0.0.1', '--metrics-port=0', '--log-format=json'];
  child = spawn(process.execPath, [program, 'serve', ...usual, ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'] },
  });
  for await (const line of createInterface({ input: child.stdout! })) {
    const { msg, port } = JSON.parse(line) as { msg: string; port: number };
    if (msg === 'listening') return port;
  }
  throw new Error('ended early');
}

describe('--trust-annotations', () => {
  const template =
    'spec:\n  containers:\n  - name: proxy\n    workingDir: "{{ index .ObjectMeta.Annotations "a" }}"\n';
  const pod: JsonObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', annotations: { a: 'x"\n    stdin: true\n    image: "evil' } },
    spec: { containers: [{ name: 'web', image: 'w' }] },
  };

  test('is needed for that', async () => {
    const config = `policy: enabled\ntemplates:\n  sidecar: ${JSON.stringify(template)}\n`;
    const injectConfigFile = temporaryFolder().write('config.yaml', config);
    expect(await patchWith({ injectConfigFile }, pod)).toBe('failed');
  });

  test('lets text become structure in the answers of the program', {
    timeout: 60_000,
  }, async () => {
    const config = temporaryFolder().write(
      'config.yaml',
      `policy: enabled\ntemplates:\n  sidecar: |\n${template.replace(/^(?=.)/gm, '    ')}`,
    );
    const port = await serve(`--injectConfigFile=${config}`, '--trust-annotations');
    const request = { uid: 'u', namespace: 'shop', object: pod, operation: 'CREATE' };
    const review = { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', request };
    const { text } = await send(port, { body: JSON.stringify(review) });
    const { response } = JSON.parse(text) as { response: JsonObject };
    expect(response['allowed']).toBe(true);
    const patch = Buffer.from(String(response['patch']), 'base64').toString();
    expect(patch).toContain('"stdin":true');
  });

  test.each(['kube-inject', 'diff'])('and in what %s prints', { timeout: 60_000 }, (command) => {
    const config = temporaryFolder().write('template.yaml', template);
    const flags = ['-f', '-', `--injectConfigFile=${config}`, '--trust-annotations'];
    const { stdout } = spawnSync(process.execPath, [program, command, ...flags], {
      input: JSON.stringify(pod),
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] },
    });
    expect(stdout).toMatch(/"?stdin"?: true/);
  });
});
