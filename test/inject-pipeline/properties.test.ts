import fc from 'fast-check';
import jsonPatch from 'fast-json-patch';
import { describe, expect, it } from 'vitest';
import { injectPod } from '../../src/inject/inject-pod.ts';
import { createInjector } from '../../src/inject/injector.ts';
import type { Pod } from '../../src/inject/pod.ts';
import { createOverlayReader } from '../../src/inject/render/overlay-reader.ts';
import { injectObject } from '../../src/inject/workload/inject-object.ts';
import type { JsonObject } from '../../src/json.ts';
import { decode, encodeTyped } from '../../src/merge/index.ts';
import { structSchema } from '../../src/schema/index.ts';
import { container, pod } from '../generators/pod.ts';
import { configuration } from './configuration.ts';

const podSchema = structSchema('Pod');
const modes = ['webhook', 'offline'] as const;
const annotation = fc.constantFrom<[string, string]>(
  ['inject.istio.io/templates', 'native,label'],
  ['inject.istio.io/templates', 'label,void'],
  ['sidecar.istio.io/nativeSidecar', 'true'],
  ['sidecar.istio.io/rewriteAppHTTPProbers', 'false'],
  ['status.sidecar.istio.io/port', '123'],
  ['prometheus.io/port', '8080'],
  ['prometheus.istio.io/scrape-targets', '80:/x,81'],
  ['proxy.istio.io/config', 'holdApplicationUntilProxyStarts: true'],
);

/** Pods that are wanted to be injected, with annotations that change how. */
const wanted: fc.Arbitrary<JsonObject> = fc
  .tuple(pod, fc.array(annotation, { maxLength: 2 }))
  .map(([any, annotations]) => {
    const metadata = { ...(any['metadata'] as JsonObject | undefined) };
    const own = metadata['annotations'] as JsonObject | undefined;
    const spec = { ...(any['spec'] as JsonObject | undefined), hostNetwork: false };
    metadata['namespace'] = 'shop';
    metadata['annotations'] = { ...own, ...Object.fromEntries(annotations) };
    return { ...any, metadata, spec };
  });

const proxyOfTheUser = container.map((one) => ({ ...one, name: 'istio-proxy' }));

/** The same, some with an `istio-proxy` of the user's own. */
const customised: fc.Arbitrary<JsonObject> = fc
  .tuple(wanted, fc.constantFrom('containers', 'initContainers'), proxyOfTheUser)
  .map(([one, list, proxy]) => {
    const spec = one['spec'] as JsonObject;
    const containers = Array.isArray(spec[list]) ? spec[list] : [];
    return { ...one, spec: { ...spec, [list]: [...containers, proxy] } };
  });

/** As Go would write it: zero values that are always there make no difference. */
function goText(one: JsonObject, coerceScalars = false): string {
  return encodeTyped(podSchema, decode(podSchema, one, { coerceScalars }));
}

function patched(object: JsonObject, patch: readonly object[]): JsonObject {
  return jsonPatch.applyPatch(structuredClone(object), structuredClone(patch) as never, true)
    .newDocument as JsonObject;
}

function injectOnce(one: JsonObject): JsonObject {
  const result = createInjector(configuration()).inject({ pod: one, namespace: 'shop' });
  if (result.outcome !== 'injected') throw new Error(JSON.stringify(result));
  return patched(one, result.patch);
}

describe('for any pod', () => {
  it('a patch applies to what came in and leads to what was meant', () => {
    fc.assert(
      fc.property(fc.oneof(wanted, customised), fc.constantFrom(...modes), (one, mode) => {
        const before = JSON.stringify(one);
        const offline = mode === 'offline';
        const result = createInjector(configuration(), mode).inject({ pod: one, namespace: '' });
        expect(JSON.stringify(one)).toBe(before);
        if (result.outcome !== 'injected') throw new Error(JSON.stringify(result));
        const read = decode(podSchema, one, { coerceScalars: offline }) as Pod;
        const meant = injectPod(
          read,
          { pod: one, namespace: '' },
          configuration(),
          mode,
          createOverlayReader(),
        ).pod;
        expect(goText(patched(one, result.patch), offline)).toBe(goText(meant));
      }),
      { numRuns: 80 },
    );
  });

  it('injecting twice is injecting once, save where Istio’s own answer differs', () => {
    fc.assert(
      fc.property(wanted, (one) => {
        const text = JSON.stringify(one);
        // The user's own proxy, and probes that point at another port than the mesh's.
        fc.pre(!text.includes('"istio-proxy"') && !text.includes('status.sidecar.istio.io/port'));
        const once = injectOnce(one);
        fc.pre(!JSON.stringify(once).includes('proxy.istio.io/overrides'));
        expect(goText(injectOnce(once))).toBe(goText(once));
      }),
      { numRuns: 80 },
    );
  });

  it('the patch for a workload does to its template what the patch for a pod would', () => {
    fc.assert(
      fc.property(fc.oneof(wanted, customised), ({ metadata, spec }) => {
        const injector = createInjector(configuration(), 'offline');
        const owner = { apiVersion: 'apps/v1', kind: 'Deployment', name: '', namespace: '' };
        const template = { metadata, spec } as JsonObject;
        const object = { apiVersion: 'apps/v1', kind: 'Deployment', spec: { template } };
        const ofPod = injector.inject({ pod: template, namespace: '', owner });
        if (ofPod.outcome !== 'injected') throw new Error(JSON.stringify(ofPod));
        const whole = injectObject(injector, object);
        expect(patched(object, whole.patch)).toEqual({
          ...object,
          spec: { template: patched(template, ofPod.patch) },
        });
      }),
      { numRuns: 30 },
    );
  });
});

describe('for any JSON at all', () => {
  const member = fc.constantFrom('metadata', 'spec', 'containers', 'annotations', 'items', 'kind');
  const hostile = fc.letrec<{ value: unknown; object: { [key: string]: unknown } }>((tie) => ({
    value: fc.oneof({ maxDepth: 5 }, fc.jsonValue({ maxDepth: 2 }), tie('object')),
    object: fc.dictionary(fc.oneof(member, fc.string()), tie('value'), { noNullPrototype: true }),
  })).object as fc.Arbitrary<JsonObject>;

  it('nothing throws and nothing is changed', () => {
    fc.assert(
      fc.property(hostile, fc.constantFrom(...modes), (one, mode) => {
        const before = JSON.stringify(one);
        const injector = createInjector(configuration(), mode);
        injector.inject({ pod: one, namespace: 'shop' });
        for (const kind of ['Pod', 'List']) {
          injectObject(injector, { ...one, apiVersion: 'v1', kind });
        }
        injectObject(injector, { apiVersion: 'batch/v1', kind: 'CronJob', spec: one });
        expect(JSON.stringify(one)).toBe(before);
      }),
      { numRuns: 150 },
    );
  });
});
