import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CliContext } from '../../src/cli/context.ts';
import { run } from '../../src/cli/run.ts';
import { samplePod } from '../../src/cli/sample-pod.ts';
import { greeting } from '../../src/cli/serve/greeting.ts';
import { loadInjector } from '../../src/cli/serve/load-injector.ts';
import { servingCertificate } from '../../src/cli/serve/serving-certificate.ts';

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

const flags = {
  port: 0,
  tlsNames: [],
  logLevel: 'info',
  logFormat: 'json',
} as const;

describe('the configuration of the server', () => {
  test('is the one that comes with Outrigger when no flag names another', async () => {
    const loaded = await loadInjector(flags, context());
    expect(loaded).toMatchObject({ description: 'built in', nativeSidecars: true, warnings: [] });
    const result = loaded.injector.inject({ pod: samplePod, namespace: 'default' });
    expect(result.outcome).toBe('injected');
  });

  test('takes revision and native sidecars from the environment unless a flag says otherwise', async () => {
    const env = { REVISION: 'canary', ENABLE_NATIVE_SIDECARS: 'false' };
    const fromEnvironment = await loadInjector(flags, context(env));
    expect(fromEnvironment.nativeSidecars).toBe(false);
    expect(patchText(fromEnvironment)).toContain('canary');
    const fromFlags = await loadInjector(
      { ...flags, revision: 'blue', nativeSidecars: 'true' },
      context(env),
    );
    expect(fromFlags.nativeSidecars).toBe(true);
    expect(patchText(fromFlags)).toContain('blue');
  });

  test('is warned about when it makes no sense', async () => {
    const odd = await file('odd.yaml', 'policy: maybe\ntemplates:\n  sidecar: "{}"\n');
    const loaded = await loadInjector(
      { ...flags, injectConfigFile: odd },
      context({ ENABLE_NATIVE_SIDECARS: 'perhaps' }),
    );
    expect(loaded.nativeSidecars).toBe(false);
    expect(loaded.warnings.join('\n')).toMatch(
      /ENABLE_NATIVE_SIDECARS[\s\S]*no pod will be injected/,
    );
  });

  test('is warned about when it cannot inject a sample pod', async () => {
    const text = 'policy: enabled\ntemplates:\n  sidecar: "{{ .NoSuchField }}"\n';
    const broken = await file('broken.yaml', text);
    const loaded = await loadInjector({ ...flags, injectConfigFile: broken }, context());
    expect(loaded.warnings.join('\n')).toMatch(/a sample pod cannot be injected: .*NoSuchField/);
  });
});

function patchText({ injector }: Awaited<ReturnType<typeof loadInjector>>): string {
  const result = injector.inject({ pod: samplePod, namespace: 'default' });
  return result.outcome === 'injected' ? JSON.stringify(result.patch) : result.outcome;
}

describe('the certificate of the server', () => {
  test('is for the Service in the namespace it runs in', async () => {
    const { names } = await servingCertificate({ tlsNames: ['x'] }, 'mesh', new Date());
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
    nativeSidecars: true,
  };
  expect(greeting(started)).toMatch(/outrigger try\n/);
  expect(greeting({ ...started, port: 8443 })).toMatch(
    /outrigger try --url https:\/\/localhost:8443\/inject\n/,
  );
});
