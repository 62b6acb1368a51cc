import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, offlinePolicy } from '../../src/inject/decide/decide.ts';
import type { InjectionFacts } from '../../src/inject/hints/hint.ts';
import { unreplacedImages } from '../../src/inject/hints/image-auto.ts';
import { noticesFor } from '../../src/inject/hints/notices.ts';
import type { JsonObject, JsonValue } from '../../src/json.ts';

const facts: InjectionFacts = {
  owner: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop' },
  nativeSidecar: false,
  values: { holdApplicationUntilProxyStarts: undefined },
};

interface Parts {
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  spec?: JsonObject;
}

/** Notices about a pod whose injection is decided offline. */
function about({ labels = {}, annotations = {}, spec = {} }: Parts, more = facts) {
  const pod = { metadata: { labels, annotations }, spec };
  const decision = decide(pod, '', offlinePolicy);
  return noticesFor(pod, decision, decision.inject ? more : undefined);
}

const codes = (notices: readonly { code: string }[]) => notices.map((notice) => notice.code);
const inject = 'sidecar.istio.io/inject';

describe('notices', () => {
  it('have nothing to say about an ordinary pod', () => {
    expect(
      about({
        labels: { app: 'web', [inject]: 'true', 'istio.io/rev': 'x' },
        annotations: { [inject]: 'true', 'sidecar.istio.io/logLevel': 'debug' },
        spec: { dnsPolicy: 'ClusterFirst', containers: [{ name: 'web', image: 'web' }] },
      }),
    ).toEqual([]);
  });

  it('fit into an admission warning', () => {
    const everything = about(
      {
        labels: { [inject]: 'yes', 'istio-injection': 'enabled' },
        annotations: {
          [inject]: 'false',
          'proxy.istio.io/config': 'holdApplicationUntilProxyStarts: false',
        },
        spec: { dnsPolicy: 'Default' },
      },
      { ...facts, values: { holdApplicationUntilProxyStarts: true } },
    );
    expect(codes(everything)).toEqual([
      'inject-label-invalid',
      'inject-label-hides-annotation',
      'label-misspelled',
      'dns-policy',
      'hold-overruled',
    ]);
    for (const { message } of everything) expect(message.length).toBeLessThanOrEqual(256);
  });

  it.each(['True', 'yes', 'enabled', ' true'])(
    'tell that the label %j counts for nothing',
    (text) => {
      const [notice] = about({ labels: { [inject]: text } });
      expect(notice?.code).toBe('inject-label-invalid');
      expect(notice?.message).toContain(JSON.stringify(text));
    },
  );

  it('tell that an annotation is neither true nor false, unless a label hides it', () => {
    expect(codes(about({ annotations: { [inject]: 'on' } }))).toEqual([
      'inject-annotation-invalid',
    ]);
    expect(about({ annotations: { [inject]: 'on' }, labels: { [inject]: 'true' } })).toEqual([]);
    expect(about({ annotations: { [inject]: '' }, labels: { [inject]: '' } })).toEqual([]);
  });

  it.each([
    ['true', 'false'],
    ['false', 'true'],
    ['', 'true'],
  ])('tell that the label %j hides the annotation %j', (label, annotation) => {
    const notices = about({ labels: { [inject]: label }, annotations: { [inject]: annotation } });
    expect(codes(notices)).toEqual(['inject-label-hides-annotation']);
  });

  it('tell names that nobody reads', () => {
    expect(
      about({
        labels: { 'istio-inject': 'enabled', 'sidecar.istio.io/Inject': 'true' },
        annotations: {
          'istio-injection': 'disabled',
          'traffic.sidecar.istio.io/excludeOutboundIpRanges': '10.0.0.0/8',
        },
      }).map((notice) => notice.message),
    ).toEqual([
      'nobody reads label istio-inject on a pod; label sidecar.istio.io/inject may be meant',
      'nobody reads label sidecar.istio.io/Inject on a pod; label sidecar.istio.io/inject may be meant',
      'nobody reads annotation istio-injection on a pod; label sidecar.istio.io/inject may be meant',
      'nobody reads annotation traffic.sidecar.istio.io/excludeOutboundIpRanges on a pod; traffic.sidecar.istio.io/excludeOutboundIPRanges may be meant',
    ]);
  });

  it('tell that a pod on the host network asks in vain', () => {
    const spec = { hostNetwork: true };
    expect(codes(about({ labels: { [inject]: 'true' }, spec }))).toEqual(['host-network']);
    expect(codes(about({ annotations: { [inject]: 'true' }, spec }))).toEqual(['host-network']);
    expect(about({ labels: { [inject]: 'false' }, spec })).toEqual([]);
    expect(about({ spec })).toEqual([]);
  });

  it('tell of a DNS policy, on injected pods only', () => {
    expect(codes(about({ spec: { dnsPolicy: 'None' } }))).toEqual(['dns-policy']);
    expect(about({ spec: { dnsPolicy: 'None' }, labels: { [inject]: 'false' } })).toEqual([]);
  });

  it('tell that the image auto stays when the pod is not injected', () => {
    const spec = {
      containers: [
        { name: 'web', image: 'web' },
        { name: 'istio-proxy', image: 'auto' },
      ],
      initContainers: [{ image: 'auto' }],
    };
    const notices = about({ spec, labels: { [inject]: 'false' } });
    expect(codes(notices)).toEqual(['image-auto', 'image-auto']);
    expect(notices[0]?.message).toContain('"istio-proxy"');
    expect(about({ spec })).toEqual([]);
  });

  it('tell that the image auto stayed after injection', () => {
    const injected = { spec: { containers: [{ name: 'proxy', image: 'auto' }] } };
    expect(codes(unreplacedImages(injected))).toEqual(['image-auto']);
    expect(unreplacedImages({ spec: { containers: [{ name: 'a', image: 'b' }] } })).toEqual([]);
    expect(unreplacedImages({})).toEqual([]);
  });

  describe('about holding the application', () => {
    const config = (hold: boolean) => ({
      'proxy.istio.io/config': `holdApplicationUntilProxyStarts: ${hold}`,
    });
    const forced = { ...facts, values: { holdApplicationUntilProxyStarts: true } };
    const hooked = {
      containers: [{ name: 'istio-proxy', lifecycle: { postStart: { exec: {} } } }],
    };

    it('tell that false is overruled by the values', () => {
      expect(codes(about({ annotations: config(false) }, forced))).toEqual(['hold-overruled']);
      expect(about({ annotations: config(true) }, forced)).toEqual([]);
      expect(about({ annotations: config(false) })).toEqual([]);
    });

    it("tell that a hook of the user's own takes the place of the waiting one", () => {
      expect(codes(about({ annotations: config(true), spec: hooked }))).toEqual([
        'hold-without-effect',
      ]);
      expect(codes(about({ spec: hooked }, forced))).toEqual(['hold-without-effect']);
      expect(about({ spec: hooked })).toEqual([]);
      expect(about({ spec: hooked }, { ...forced, nativeSidecar: true })).toEqual([]);
    });

    it('leave an annotation that cannot be read to validation', () => {
      const annotations = { 'proxy.istio.io/config': 'holdApplicationUntilProxyStarts: {' };
      expect(about({ annotations }, forced)).toEqual([]);
    });
  });

  it.each(['Job', 'CronJob'])('tell that a %s with a regular proxy may never end', (kind) => {
    const job = { ...facts, owner: { ...facts.owner, kind } };
    expect(codes(about({}, job))).toEqual(['job-never-ends']);
    expect(about({}, { ...job, nativeSidecar: true })).toEqual([]);
    expect(about({ labels: { [inject]: 'false' } }, job)).toEqual([]);
  });

  it('never make it throw, whatever the pod', () => {
    const any = fc.jsonValue();
    const pods = fc.record({
      metadata: fc.oneof(any, fc.record({ labels: any, annotations: any })),
      spec: fc.oneof(
        any,
        fc.record({ containers: fc.oneof(any, fc.array(any)), dnsPolicy: any, hostNetwork: any }),
      ),
    });
    fc.assert(
      fc.property(pods, (pod) => {
        const given = pod as Record<string, JsonValue>;
        noticesFor(given, decide(given, '', offlinePolicy), facts);
        unreplacedImages(given);
      }),
    );
  });
});
