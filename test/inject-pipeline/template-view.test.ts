import { describe, expect, it } from 'vitest';
import { templateView } from '../../src/inject/overlay/template-view.ts';
import type { Pod } from '../../src/inject/pod.ts';

const none = { containers: [], initContainers: [] };
const status = JSON.stringify({
  initContainers: ['istio-init'],
  containers: ['istio-proxy', 'app'],
  volumes: ['v'],
  imagePullSecrets: null,
  revision: 'default',
});

const injected = (annotations = {}): Pod => ({
  metadata: { annotations: { 'sidecar.istio.io/status': status, a: 'b', ...annotations } },
  spec: {
    containers: [{ name: 'app' }, { name: 'other' }, { name: 'istio-proxy' }],
    initContainers: [{ name: 'istio-init' }, { name: 'setup' }],
    volumes: [{ name: 'v' }],
  },
});

describe('the pod that templates see', () => {
  it('is the pod itself when it was not injected before', () => {
    const pod: Pod = { spec: { containers: [{ name: 'istio-proxy' }] } };
    expect(templateView(pod, none, 15020)).toBe(pod);
  });

  it('lacks what an earlier injection added, but keeps its volumes', () => {
    expect(templateView(injected(), none, 15020)).toEqual({
      metadata: { annotations: { a: 'b' } },
      spec: {
        containers: [{ name: 'other' }],
        initContainers: [{ name: 'setup' }],
        volumes: [{ name: 'v' }],
      },
    });
  });

  it('lacks the scrape annotations when they point at the agent', () => {
    const annotations = { prometheus_io_port: '15020', 'prometheus.io/path': '/x' };
    expect(templateView(injected(annotations), none, 15020).metadata?.annotations).toEqual({
      a: 'b',
    });
    expect(templateView(injected(annotations), none, 9).metadata?.annotations).toEqual({
      a: 'b',
      ...annotations,
    });
  });

  it.each(['broken', '5', '[]', '{"containers":"x"}', '{"revision":5}'])(
    'is not stripped by a status that is none: %s',
    (text) => {
      const pod = injected({ 'sidecar.istio.io/status': text });
      expect(templateView(pod, none, 15020)).toBe(pod);
    },
  );

  it.each(['{}', 'null'])('only loses annotations by an empty status: %s', (text) => {
    const pod = injected({ 'sidecar.istio.io/status': text });
    const view = templateView(pod, none, 15020);
    expect(view.metadata?.annotations).toEqual({ a: 'b' });
    expect(view.spec).toBe(pod.spec);
  });

  it('has the user’s own containers back that a template had taken over', () => {
    const view = templateView(
      injected(),
      {
        containers: [
          { name: 'app', image: 'mine' },
          { name: 'other', image: 'not needed' },
        ],
        initContainers: [{ name: 'istio-proxy', image: 'auto' }],
      },
      15020,
    );
    expect(view.spec?.containers).toEqual([{ name: 'other' }, { name: 'app', image: 'mine' }]);
    expect(view.spec?.initContainers).toEqual([
      { name: 'setup' },
      { name: 'istio-proxy', image: 'auto' },
    ]);
  });
});
