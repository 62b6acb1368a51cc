import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { CliContext } from '../../src/cli/context.ts';
import { run } from '../../src/cli/run.ts';
import { samplePod } from '../../src/cli/sample-pod.ts';
import { greeting } from '../../src/cli/serve/greeting.ts';
import { openConfiguration } from '../../src/cli/serve/open-configuration.ts';
import type { ServeOptions } from '../../src/cli/serve/serve-options.ts';
import { openCertificate } from '../../src/cli/serve/serving-certificate.ts';
import type { ServingConfiguration } from '../../src/cli/serve/serving-configuration.ts';
import { keepLines } from '../kube/log-lines.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'serve-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

function context(env: CliContext['env'] = {}): CliContext & { readonly stderr: PassThrough } {
  return {
    stdin: Readable.from([]),
    stdout: new PassThrough(),
    stderr: new PassThrough({ encoding: 'utf8' }),
    env,
    colour: false,
    exitCode: 0,
  };
}

const flags: ServeOptions = {
  istioNamespace: 'istio-system',
  port: 0,
  tlsNames: [],
  logLevel: 'info',
  logFormat: 'json',
};

describe('the configuration of the server', () => {
  let opened: ServingConfiguration | undefined;
  let warnings: () => string;
  afterEach(() => opened?.stop());

  async function open(over: Partial<ServeOptions>, env: CliContext['env'] = {}) {
    const { logger, lines } = keepLines();
    warnings = () =>
      lines
        .filter(({ level }) => level === 'warn')
        .map(({ msg }) => msg)
        .join('\n');
    const options = { ...flags, ...over };
    opened = await openConfiguration({ options, env, cluster: undefined, logger });
    return opened;
  }

  test('is the one that comes with Outrigger when no flag names another', async () => {
    const configuration = await open({});
    expect(configuration).toMatchObject({ description: 'built in', nativeSidecars: 'on' });
    expect(configuration.readiness()).toEqual([]);
    expect(warnings()).toBe('');
    expect(patchText(configuration)).toContain('istio-proxy');
  });

  test('takes revision and native sidecars from the environment unless a flag says otherwise', async () => {
    const env = { REVISION: 'canary', ENABLE_NATIVE_SIDECARS: 'false' };
    const fromEnvironment = await open({}, env);
    expect(fromEnvironment.nativeSidecars).toBe('off');
    expect(patchText(fromEnvironment)).toContain('canary');
    const fromFlags = await open({ revision: 'blue', nativeSidecars: 'true' }, env);
    expect(fromFlags.nativeSidecars).toBe('on');
    expect(patchText(fromFlags)).toContain('blue');
  });

  test('is warned about when it makes no sense', async () => {
    const odd = await file('odd.yaml', 'policy: maybe\ntemplates:\n  sidecar: "{}"\n');
    const { nativeSidecars } = await open(
      { injectConfigFile: odd },
      { ENABLE_NATIVE_SIDECARS: 'perhaps' },
    );
    expect(nativeSidecars).toBe('off');
    expect(warnings()).toMatch(/ENABLE_NATIVE_SIDECARS[\s\S]*no pod will be injected/);
  });

  test('is warned about when it cannot inject a sample pod', async () => {
    const text = 'policy: enabled\ntemplates:\n  sidecar: "{{ .NoSuchField }}"\n';
    await open({ injectConfigFile: await file('broken.yaml', text) });
    expect(warnings()).toMatch(/a sample pod cannot be injected: .*NoSuchField/);
  });

  test('has to be good from the start when it is in files', async () => {
    const bad = await file('bad.yaml', 'policy: enabled\ntemplates:\n  sidecar: "{{ if }}"\n');
    await expect(open({ injectConfigFile: bad })).rejects.toMatchObject({
      code: 'OUTRIGGER_TEMPLATE',
      place: { file: bad },
    });
    const mesh = await file('mesh.yaml', 'proxyListenPort: 0\n');
    await expect(open({ meshConfigFile: mesh })).rejects.toMatchObject({
      code: 'OUTRIGGER_MESH',
      place: { file: mesh },
    });
  });
});

function patchText(configuration: ServingConfiguration): string {
  const result = configuration.current()?.inject({ pod: samplePod, namespace: 'default' });
  return result?.outcome === 'injected' ? JSON.stringify(result.patch) : String(result?.outcome);
}

describe('the certificate of the server', () => {
  test('is for the Service in the namespace it runs in', async () => {
    const { names } = await openCertificate({
      options: { ...flags, tlsNames: ['x'] },
      env: { POD_NAMESPACE: 'mesh' },
      cluster: undefined,
      logger: keepLines().logger,
    });
    expect(names).toContain('outrigger.mesh.svc');
    expect(names).toContain('x');
  });
});

test.each([
  [['--port', '65536'], 64, 'It must be a number from 0 to 65535'],
  [['--port', 'x'], 64, 'invalid argument "x" for flag'],
  [['--log-level', 'loud'], 64, 'invalid argument "loud"'],
  [['--native-sidecars', 'maybe'], 64, 'invalid argument "maybe"'],
  [['--tlsKeyFile', 'x'], 64, '--tlsKeyFile needs --tlsCertFile next to it'],
  [
    ['--tlsCertFile', '/no/crt', '--tlsKeyFile', '/no/key'],
    1,
    '/no/crt: the TLS certificate cannot be read',
  ],
  [['--injectConfigFile', '/no/config'], 1, '/no/config'],
  [['--namespaces', '/no/namespaces'], 1, '/no/namespaces'],
  [['--kubeconfig', '/no/kubeconfig'], 1, 'the kubeconfig cannot be read'],
])('serve %j fails with code %i', async (args, exitCode, text) => {
  const its = context();
  expect(await run(['serve', ...args], its)).toBe(exitCode);
  expect(String(its.stderr.read())).toContain(text);
});

test('the greeting shows a command to copy that fits the port', () => {
  const started = {
    host: '::',
    port: 15017,
    configuration: 'built in',
    certificate: 'self-signed',
    nativeSidecars: 'on',
  };
  expect(greeting(started)).toMatch(/outrigger try\n/);
  expect(greeting({ ...started, port: 8443 })).toMatch(
    /outrigger try --url https:\/\/localhost:8443\/inject\n/,
  );
});
