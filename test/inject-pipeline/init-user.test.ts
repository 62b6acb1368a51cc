import { describe, expect, it } from 'vitest';
import { adjustInitUser } from '../../src/inject/overlay/init-user.ts';
import type { Container, Pod, SecurityContext } from '../../src/inject/pod.ts';
import type { Notice } from '../../src/inject/types.ts';
import { interceptionMode } from '../../src/mesh/index.ts';

const init: Container = { name: 'istio-init', args: ['-p', '15001', '-u', '1337', '-u', '1337'] };
const validation: Container = { name: 'istio-validation', args: ['-u', '1337'] };

function adjust(
  user: SecurityContext,
  initContainers: Container[],
  { annotations = {}, proxyConfig = {} } = {},
) {
  const notices: Notice[] = [];
  const original: Pod = { spec: { containers: [{ name: 'istio-proxy', securityContext: user }] } };
  const pod: Pod = {
    metadata: { annotations },
    spec: {
      containers: [{ name: 'istio-proxy', securityContext: { ...user, privileged: false } }],
      initContainers,
    },
  };
  const after = adjustInitUser(pod, original, proxyConfig, (notice) => notices.push(notice));
  return {
    proxy: after.spec?.containers?.[0]?.securityContext,
    init: after.spec?.initContainers?.[0],
    unchanged: after === pod,
    notices,
  };
}

describe('the user of the init container', () => {
  it('goes into the first -u of istio-init', () => {
    expect(adjust({ runAsUser: 1234, runAsGroup: 5 }, [init]).init).toEqual({
      name: 'istio-init',
      args: ['-p', '15001', '-u', '1234', '-u', '1337'],
    });
  });

  it('also becomes the user of istio-validation, as far as it is set', () => {
    expect(adjust({ runAsUser: 1234, runAsGroup: 5 }, [validation]).init).toEqual({
      name: 'istio-validation',
      args: ['-u', '1234'],
      securityContext: { runAsUser: 1234, runAsGroup: 5 },
    });
    expect(adjust({ runAsGroup: 5 }, [validation]).init).toEqual({
      ...validation,
      securityContext: { runAsGroup: 5 },
    });
  });

  it('is looked for in istio-init first', () => {
    expect(adjust({ runAsUser: 9 }, [validation, init]).init).toBe(validation);
  });

  it.each([
    { annotations: { 'sidecar.istio.io/interceptionMode': 'TPROXY' } },
    { proxyConfig: { interceptionMode: interceptionMode.TPROXY } },
  ])('with transparent proxying makes the proxy root, but still rewrites -u: %o', (how) => {
    const tproxy = adjust({ runAsUser: 1234 }, [validation], how);
    expect(tproxy.proxy).toEqual({ runAsUser: 0, privileged: false });
    expect(tproxy.init).toEqual({ name: 'istio-validation', args: ['-u', '1234'] });
  });

  it('is not told when it is root, a group only, or there is no place for it', () => {
    expect(adjust({ runAsUser: 0 }, [init]).unchanged).toBe(true);
    expect(adjust({ runAsGroup: 3 }, [init]).unchanged).toBe(true);
    expect(adjust({ runAsUser: 9 }, [{ name: 'istio-init', args: ['-u'] }]).unchanged).toBe(true);
    expect(adjust({ runAsUser: 9 }, [{ name: 'istio-init' }]).unchanged).toBe(true);
    expect(adjust({}, [init]).unchanged).toBe(true);
  });

  it('is noted when there is no init container to tell it to', () => {
    const lost = adjust({ runAsUser: 9 }, [{ name: 'other' }]);
    expect(lost.notices).toHaveLength(1);
    expect(lost.unchanged).toBe(true);
  });
});
