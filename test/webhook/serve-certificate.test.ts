import { InvalidArgumentError } from 'commander';
import { afterEach, describe, expect, test } from 'vitest';
import type { CertificateSource } from '../../src/certs/certificate-source.ts';
import { duration } from '../../src/cli/duration.ts';
import { chooseService } from '../../src/cli/serve/choose-service.ts';
import type { ServeOptions } from '../../src/cli/serve/serve-options.ts';
import { stopTimes } from '../../src/cli/serve/serve-until-stopped.ts';
import { openCertificate } from '../../src/cli/serve/serving-certificate.ts';
import { FakeCluster } from '../certs/fake-cluster.ts';
import { temporaryFolder } from '../cli/run-cli.ts';
import { keepLines } from '../kube/log-lines.ts';

const flags: ServeOptions = {
  istioNamespace: 'istio-system',
  port: 0,
  tlsNames: [],
  logLevel: 'info',
  logFormat: 'json',
};
const fake = new FakeCluster();
const cluster = { api: fake.api, description: 'fake', namespace: 'default' };
const { logger } = keepLines();
let source: CertificateSource | undefined;
afterEach(() => source?.stop());

describe('the Service that a server stands behind', () => {
  test('is none where the server only reads a cluster from somewhere', () => {
    expect(chooseService(flags, {}, cluster, '')).toBeUndefined();
    expect(chooseService({ ...flags, service: 'x' }, {}, undefined, '')).toBeUndefined();
  });

  test('is what the flag says, in the namespace of the pod', () => {
    const service = (over: Partial<ServeOptions>, env = {}) =>
      chooseService({ ...flags, ...over }, env, cluster, 'canary');
    expect(service({ service: 'hook.mesh' })).toEqual({ name: 'hook', namespace: 'mesh' });
    expect(service({ service: 'hook' }, { POD_NAMESPACE: 'mesh' })).toEqual({
      name: 'hook',
      namespace: 'mesh',
    });
    expect(service({ service: 'hook' })).toEqual({ name: 'hook', namespace: 'default' });
  });
});

describe('the certificate of a server', () => {
  test('is of the authority in the Secret behind a Service', async () => {
    const opened = await openCertificate({
      options: { ...flags, service: 'outrigger.mesh' },
      env: {},
      cluster,
      logger,
    });
    expect(opened.description).toBe('of the authority in Secret mesh/outrigger-ca');
    expect(opened.names).toContain('outrigger.mesh.svc');
    const used: unknown[] = [];
    source = opened.keepFresh?.((pair) => used.push(pair));
    await expect.poll(() => used.length, { timeout: 10_000 }).toBe(1);
    expect(fake.secret('outrigger-ca').has('tls.crt')).toBe(true);
  });

  test('from files has to be there at the start, unless somebody in a cluster may still bring it', async () => {
    const { path, write } = temporaryFolder();
    const options = { ...flags, tlsCertFile: `${path}/tls.crt`, tlsKeyFile: `${path}/tls.key` };
    const open = { options, env: {}, logger };
    await expect(openCertificate({ ...open, cluster: undefined })).rejects.toThrow(
      'cannot be read',
    );
    const opened = await openCertificate({ ...open, cluster });
    expect(opened.warnings).toEqual([expect.stringContaining('cannot be read')]);
    const used: unknown[] = [];
    source = opened.keepFresh?.((pair) => used.push(pair));
    expect(source?.readiness()).toHaveLength(1);
    const { selfSignedCertificate } = await import('../../src/certs/self-signed.ts');
    const pair = await selfSignedCertificate(['x'], new Date());
    write('tls.crt', pair.certificate);
    write('tls.key', pair.key);
    await expect.poll(() => source?.readiness(), { timeout: 20_000 }).toEqual([]);
    expect(used).toEqual([pair]);
  });

  test.each([
    [{ tlsCertFile: 'x' }, '--tlsCertFile needs --tlsKeyFile'],
    [{ tlsKeyFile: 'x' }, '--tlsKeyFile needs --tlsCertFile'],
    [{ caCertFile: 'x' }, '--caCertFile needs --tlsCertFile'],
    [{ service: 'a.b', certLifetime: 10, caLifetime: 20 }, 'quarter'],
  ])('is not chosen by half: %o', async (over, message) => {
    const open = { options: { ...flags, ...over }, env: {}, cluster, logger };
    await expect(openCertificate(open)).rejects.toThrow(message);
  });
});

test.each([
  ['10s', 10_000],
  ['1h30m', 5_400_000],
  ['250ms', 250],
  ['1.5s', 1500],
  ['90d', 7_776_000_000],
  ['0', 0],
])('%s is %d milliseconds', (text, milliseconds) => {
  expect(duration(text)).toBe(milliseconds);
});

test.each(['', '10', 's', '-1s', '10s ', '1h-30m', 'tomorrow'])('"%s" is no duration', (text) => {
  expect(() => duration(text)).toThrow(InvalidArgumentError);
});

test('stopping is quick outside of a pod unless flags say otherwise', () => {
  expect(stopTimes(flags, {})).toEqual({ delayMs: 0, graceMs: 10_000 });
  expect(stopTimes({ ...flags, shutdownDelay: 3, grace: 4 }, {})).toEqual({
    delayMs: 3,
    graceMs: 4,
  });
});
