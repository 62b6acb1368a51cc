import { describe, expect, it } from 'vitest';
import type { Container, Pod, TextMap } from '../../src/inject/pod.ts';
import { redirectProbes } from '../../src/inject/postprocess/probes.ts';
import { context, noValues } from './postprocess-context.ts';

const wanted = { values: { ...noValues, rewriteAppHttpProbe: true } };
const sidecar: Container = { name: 'istio-proxy' };

function redirect(app: Container, annotations: TextMap = {}, proxy = sidecar) {
  const taken = context(wanted);
  const pod: Pod = { metadata: { annotations }, spec: { containers: [app, proxy] } };
  const after = redirectProbes(pod, taken);
  const [container, agent] = after.spec?.containers ?? [];
  return { container, probers: agent?.env?.map(({ name, value }) => `${name}=${value}`), ...taken };
}

const told = (json: string) => [`ISTIO_KUBE_APP_PROBERS=${json}`];

describe('what the agent is told of probes', () => {
  it('is where they really are, under the path it will be asked for', () => {
    expect(redirect({ name: 'foo', livenessProbe: { grpc: { port: 1234 } } }).probers).toEqual(
      told('{"/app-health/foo/livez":{"grpc":{"port":1234,"service":null}}}'),
    );
    const startupProbe = { grpc: { port: 1234, service: 'foo' }, timeoutSeconds: 10 };
    const preStop = { httpGet: { path: '/foo', port: 1234, host: 'foo', scheme: 'HTTP' } };
    expect(redirect({ name: 'foo', startupProbe, lifecycle: { preStop } }).probers).toEqual(
      told(
        '{"/app-health/foo/startupz":{"grpc":{"port":1234,"service":"foo"},"timeoutSeconds":10},"/app-lifecycle/foo/prestopz":{"httpGet":{"path":"/foo","port":1234,"host":"foo","scheme":"HTTP"}}}',
      ),
    );
  });

  it('keeps path, scheme and headers, and escapes them as Go does', () => {
    const httpGet = {
      path: '/a?b=1&c=2',
      port: 80,
      scheme: 'HTTPS',
      httpHeaders: [{ name: 'H', value: '<v>' }],
    };
    expect(redirect({ name: 'a', readinessProbe: { httpGet } }).probers).toEqual(
      told(
        '{"/app-health/a/readyz":{"httpGet":{"path":"/a?b=1\\u0026c=2","port":80,"scheme":"HTTPS","httpHeaders":[{"name":"H","value":"\\u003cv\\u003e"}]}}}',
      ),
    );
  });

  it('resolves the names of ports, the last of a name counting', () => {
    const ports = [
      { name: 'p', containerPort: 1 },
      { name: 'p', containerPort: 2 },
    ];
    const lifecycle = { postStart: { tcpSocket: { port: 'p', host: 'h' } } };
    expect(redirect({ name: 'a', ports, lifecycle }).probers).toEqual(
      told('{"/app-lifecycle/a/poststartz":{"tcpSocket":{"port":2,"host":"h"}}}'),
    );
  });

  it('has port 0 where none is given', () => {
    expect(redirect({ name: 'a', livenessProbe: { tcpSocket: {} } }).probers).toEqual(
      told('{"/app-health/a/livez":{"tcpSocket":{"port":0}}}'),
    );
  });

  it('does not include what the agent cannot or need not do', () => {
    const container: Container = {
      name: 'a',
      ports: [{ containerPort: 7 }],
      livenessProbe: { httpGet: { port: 15020 } },
      readinessProbe: { tcpSocket: { port: 'unknown' } },
      startupProbe: { exec: { command: ['true'] } },
      lifecycle: { preStop: { sleep: { seconds: 1 } }, postStart: { tcpSocket: { port: '' } } },
    };
    expect(redirect(container).probers).toBeUndefined();
  });

  it('sorts by path and covers init containers', () => {
    const probe = { httpGet: { port: 1 } };
    const pod: Pod = {
      spec: {
        initContainers: [{ name: 'b', startupProbe: probe }, sidecar],
        containers: [{ name: 'a', readinessProbe: probe, livenessProbe: probe }],
      },
    };
    const after = redirectProbes(pod, context(wanted));
    expect(Object.keys(JSON.parse(after.spec?.initContainers?.[1]?.env?.[0]?.value ?? ''))).toEqual(
      ['/app-health/a/livez', '/app-health/a/readyz', '/app-health/b/startupz'],
    );
  });

  describe('when the pod was injected before', () => {
    const again = { 'sidecar.istio.io/status': '{}' };
    const app: Container = { name: 'a', livenessProbe: { httpGet: { port: 2 } } };
    const proxy = (value: string): Container => ({
      name: 'istio-proxy',
      env: [{ name: 'ISTIO_KUBE_APP_PROBERS', value }, { name: 'Z' }],
    });

    it('is what it was told first, in its old place, and what is new', () => {
      const earlier =
        '{"/x":{"timeoutSeconds":3,"tcpSocket":{"port":9}},"/app-health/a/livez":{"grpc":{"port":1}}}';
      expect(redirect(app, again, proxy(earlier)).probers).toEqual([
        'ISTIO_KUBE_APP_PROBERS={"/app-health/a/livez":{"grpc":{"port":1,"service":null}},"/x":{"tcpSocket":{"port":9},"timeoutSeconds":3}}',
        'Z=undefined',
      ]);
    });

    it('is left alone when it cannot be read', () => {
      expect(redirect(app, again, proxy('{')).probers?.[0]).toBe('ISTIO_KUBE_APP_PROBERS={');
      expect(redirect(app, again, proxy('{"/x":5}')).probers?.[0]).toBe(
        'ISTIO_KUBE_APP_PROBERS={"/x":5}',
      );
    });

    it('is told anew when it was told nothing', () => {
      expect(redirect(app, again).probers).toEqual(
        told('{"/app-health/a/livez":{"httpGet":{"port":2}}}'),
      );
    });
  });

  it('is appended on a first injection, whatever is there', () => {
    const proxy: Container = {
      ...sidecar,
      env: [{ name: 'ISTIO_KUBE_APP_PROBERS', value: 'mine' }],
    };
    expect(
      redirect({ name: 'a', livenessProbe: { httpGet: { port: 2 } } }, {}, proxy).probers,
    ).toHaveLength(2);
  });
});

describe('probes', () => {
  it('of HTTP keep host and headers and lose TLS', () => {
    const httpGet = {
      path: '/x',
      port: 'p',
      host: 'h',
      scheme: 'HTTPS',
      httpHeaders: [{ name: 'a' }],
    };
    const { container } = redirect({
      name: 'c',
      livenessProbe: { httpGet, periodSeconds: 5 },
    });
    expect(container?.livenessProbe).toEqual({
      httpGet: { ...httpGet, path: '/app-health/c/livez', port: 15020, scheme: 'HTTP' },
      periodSeconds: 5,
    });
  });

  it('of TCP and gRPC become bare HTTP, whether or not the agent knows them', () => {
    const { container } = redirect({
      name: 'c',
      readinessProbe: { tcpSocket: { port: 'unknown', host: 'h' }, failureThreshold: 1 },
      startupProbe: { grpc: { port: 1 } },
    });
    expect(container).toEqual({
      name: 'c',
      readinessProbe: {
        httpGet: { path: '/app-health/c/readyz', port: 15020 },
        failureThreshold: 1,
      },
      startupProbe: { httpGet: { path: '/app-health/c/startupz', port: 15020 } },
    });
  });

  it('with two handlers have the first one rewritten and keep the other', () => {
    const { container } = redirect({
      name: 'c',
      livenessProbe: { tcpSocket: {}, grpc: { port: 1 } },
      readinessProbe: { httpGet: {}, tcpSocket: { port: 1 } },
    });
    expect(container).toEqual({
      name: 'c',
      livenessProbe: { httpGet: { path: '/app-health/c/livez', port: 15020 }, grpc: { port: 1 } },
      readinessProbe: {
        httpGet: { path: '/app-health/c/readyz', port: 15020 },
        tcpSocket: { port: 1 },
      },
    });
  });

  it('of other kinds, and gRPC in a lifecycle, stay', () => {
    const container: Container = {
      name: 'c',
      livenessProbe: { exec: { command: ['x'] } },
      lifecycle: { preStop: { sleep: { seconds: 1 } }, postStart: { grpc: { port: 1 } } },
    };
    expect(redirect(container).container).toBe(container);
  });

  it('that point at the agent already get its path', () => {
    const { container } = redirect({
      name: 'c',
      livenessProbe: { httpGet: { path: '/', port: 15020 } },
    });
    expect(container?.livenessProbe?.httpGet?.path).toBe('/app-health/c/livez');
  });

  it('go to the port of the annotation, and to port 0 when it has blanks', () => {
    const app: Container = { name: 'c', livenessProbe: { httpGet: { port: 1 } } };
    const port = 'status.sidecar.istio.io/port';
    expect(redirect(app, { [port]: '123' }).container?.livenessProbe?.httpGet?.port).toBe(123);
    const spaced = redirect(app, { [port]: ' 123 ' });
    expect(spaced.container?.livenessProbe?.httpGet?.port).toBe(0);
    expect(spaced.notices).toHaveLength(1);
  });

  it('of the proxy itself are its own affair', () => {
    const proxy: Container = { name: 'istio-proxy', readinessProbe: { httpGet: { port: 15021 } } };
    const pod: Pod = { spec: { containers: [proxy] } };
    expect(redirectProbes(pod, context(wanted)).spec?.containers).toEqual([proxy]);
  });

  it('are left alone without a proxy or without the wish', () => {
    const app: Container = { name: 'a', livenessProbe: { httpGet: { port: 1 } } };
    const bare: Pod = { spec: { containers: [app] } };
    expect(redirectProbes(bare, context(wanted))).toBe(bare);
    const pod: Pod = { spec: { containers: [app, sidecar] } };
    expect(redirectProbes(pod, context())).toBe(pod);
  });

  it.each([
    ['false', true, false],
    ['true', undefined, true],
    ['maybe', true, true],
    ['maybe', false, false],
  ])(
    'with annotation %s and values %s: rewritten %s',
    (annotation, rewriteAppHttpProbe, expected) => {
      const pod: Pod = {
        metadata: { annotations: { 'sidecar.istio.io/rewriteAppHTTPProbers': annotation } },
        spec: { containers: [{ name: 'a', livenessProbe: { httpGet: { port: 1 } } }, sidecar] },
      };
      const after = redirectProbes(pod, context({ values: { ...noValues, rewriteAppHttpProbe } }));
      expect(after !== pod).toBe(expected);
    },
  );
});
