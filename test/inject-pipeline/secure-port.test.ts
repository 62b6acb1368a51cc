import { describe, expect, it } from 'vitest';
import { announceSecurePort } from '../../src/inject/postprocess/secure-port.ts';
import { annotated, context } from './postprocess-context.ts';

const named = 'ENVOY_SECURE_MERGED_METRICS_PORT';

function announced(values: readonly (string | undefined)[], annotations = {}) {
  const env = values.map((value) =>
    value === undefined ? { name: named } : { name: named, value },
  );
  const pod = annotated(annotations, [{ name: 'istio-proxy', env }]);
  return announceSecurePort(pod, context()).metadata?.annotations;
}

describe('the port of the secure metrics', () => {
  it('is announced when the proxy serves one', () => {
    expect(announced(['15091'])).toEqual({ 'prometheus.istio.io/secure-port': '15091' });
  });
  it('is the first that is neither empty nor 0', () => {
    expect(announced([undefined, '0', '7', '8'])).toEqual({
      'prometheus.istio.io/secure-port': '7',
    });
  });
  it('is not announced when there is none', () => {
    expect(announced([])).toEqual({});
    expect(announced(['0'])).toEqual({});
  });
  it('is the user’s own in any spelling', () => {
    expect(announced(['15091'], { 'prometheus-istio.io/secure_port': '1' })).toEqual({
      'prometheus-istio.io/secure_port': '1',
    });
  });
});
