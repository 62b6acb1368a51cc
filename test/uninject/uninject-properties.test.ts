import fc from 'fast-check';
import jsonPatch from 'fast-json-patch';
import { describe, expect, it } from 'vitest';
import { createInjector } from '../../src/inject/injector.ts';
import type { Pod } from '../../src/inject/pod.ts';
import type { JsonObject } from '../../src/json.ts';
import { decode, encodeTyped } from '../../src/merge/index.ts';
import { structSchema } from '../../src/schema/index.ts';
import { uninjectPod } from '../../src/uninject/uninject-pod.ts';
import { container, pod } from '../generators/pod.ts';
import { configuration } from '../inject-pipeline/configuration.ts';

const podSchema = structSchema('Pod');

/** The pod as the API server would take it: no name twice, no container without an image. */
function valid(one: JsonObject): JsonObject {
  const spec = { ...(one['spec'] as JsonObject) };
  const containers = new Set<unknown>();
  const volumes = new Set<unknown>();
  for (const [list, seen] of [
    ['containers', containers],
    ['initContainers', containers],
    ['volumes', volumes],
  ] as const) {
    const elements = spec[list];
    if (!Array.isArray(elements)) continue;
    spec[list] = (elements as JsonObject[]).flatMap((element) => {
      const { name } = element;
      if (seen.has(name)) return [];
      seen.add(name);
      return list === 'volumes' ? [element] : [{ ...element, image: element['image'] || 'app:1' }];
    });
  }
  return { ...one, spec };
}

/** Pods that can be injected, with annotations that change how. */
const wanted: fc.Arbitrary<JsonObject> = fc
  .tuple(
    pod,
    fc.array(
      fc.constantFrom<[string, string]>(
        ['sidecar.istio.io/rewriteAppHTTPProbers', 'false'],
        ['status.sidecar.istio.io/port', '123'],
        ['prometheus.io/port', '8080'],
        ['prometheus.io/scrape', 'false'],
        ['prometheus.istio.io/scrape-targets', '80:/x,81:/metrics'],
        ['inject.istio.io/templates', 'label,classic'],
        ['other', 'annotation'],
      ),
      { maxLength: 3 },
    ),
    fc.constantFrom('', '', '', '', 'istio-proxy', 'istio-init'),
    container,
  )
  .map(([any, annotations, special, proxy]) => {
    const metadata = { ...(any['metadata'] as JsonObject | undefined) };
    const own = metadata['annotations'] as JsonObject | undefined;
    const spec: JsonObject = { ...(any['spec'] as JsonObject | undefined), hostNetwork: false };
    // What a template writes over is lost.
    delete spec['securityContext'];
    for (const list of ['containers', 'initContainers']) {
      const containers = (spec[list] ?? []) as JsonObject[];
      spec[list] = containers.map((one, index) => ({ ...one, name: `${list.length}-${index}` }));
    }
    if (special !== '') {
      spec['containers'] = [...(spec['containers'] as JsonObject[]), { ...proxy, name: special }];
    }
    metadata['annotations'] = { ...own, ...Object.fromEntries(annotations) };
    return valid({ ...any, metadata, spec });
  });

/** As Go would write it, maps and lists that are empty left out. */
function goText(one: JsonObject): string {
  const text = encodeTyped(podSchema, decode(podSchema, one, { coerceScalars: true }));
  return JSON.stringify(JSON.parse(text), (_, value) =>
    value === null || (typeof value === 'object' && Object.keys(value).length === 0)
      ? undefined
      : value,
  );
}

function patched(object: JsonObject, patch: readonly object[]): JsonObject {
  return jsonPatch.applyPatch(structuredClone(object), structuredClone(patch) as never, true)
    .newDocument as JsonObject;
}

/** The pod with numbers in place of the names of ports, which injection forgets. */
function withNumbers(one: JsonObject): Pod {
  const normal: Pod = structuredClone(decode(podSchema, one, { coerceScalars: true }));
  for (const list of ['containers', 'initContainers'] as const) {
    for (const item of normal.spec?.[list] ?? []) {
      const { lifecycle = {}, ports = [] } = item;
      for (const handler of [
        item.livenessProbe,
        item.readinessProbe,
        item.startupProbe,
        lifecycle.preStop,
        lifecycle.postStart,
      ]) {
        for (const action of [handler?.httpGet, handler?.tcpSocket] as JsonObject[]) {
          const named = ports.findLast(
            ({ name }) => name !== undefined && name === action?.['port'],
          );
          if (named && action) action['port'] = named.containerPort ?? 0;
        }
      }
    }
  }
  return normal;
}

describe.each([
  ['classic', false],
  ['native', true],
])('a pod that was injected (%s)', (template, nativeSidecars) => {
  const settings = configuration({ defaultTemplates: [template], nativeSidecars });
  const injector = createInjector(settings, 'offline');

  it('is as it was when that is taken back, or it is said what cannot be known', () => {
    let exact = 0;
    fc.assert(
      fc.property(wanted, (original) => {
        const first = injector.inject({ pod: original, namespace: '' });
        fc.pre(first.outcome === 'injected');
        const injected = patched(original, first.patch);
        const result = uninjectPod({ pod: injected, namespace: '' }, settings);
        if (result.outcome !== 'uninjected') throw new Error(JSON.stringify(result));
        const back = patched(injected, result.patch);
        const codes = result.notices.map(({ code }) => code);
        if (codes.every((code) => code === 'probe-port-name-unknown')) {
          expect(goText(withNumbers(back))).toBe(goText(withNumbers(original)));
          if (codes.length === 0) expect(goText(back)).toBe(goText(original));
          exact++;
        }

        // There is nothing left to take back, and a second injection comes out as the first.
        expect(uninjectPod({ pod: back, namespace: '' }, settings).outcome).toBe('not injected');
        if (codes.includes('probe-not-recorded')) return;
        const second = injector.inject({ pod: back, namespace: '' });
        if (second.outcome !== 'injected') throw new Error(JSON.stringify(second));
        expect(goText(patched(back, second.patch))).toBe(goText(injected));
      }),
      { numRuns: 80 },
    );
    expect(exact).toBeGreaterThan(8);
  });
});

it('never throws, whatever the record says', () => {
  const settings = configuration();
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), pod, (status, overrides, any) => {
      const annotations = {
        'sidecar.istio.io/status': JSON.stringify(status),
        'proxy.istio.io/overrides': JSON.stringify(overrides),
      };
      uninjectPod({ pod: { ...any, metadata: { annotations } }, namespace: '' }, settings);
    }),
  );
});
