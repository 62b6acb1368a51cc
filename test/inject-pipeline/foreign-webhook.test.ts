import fc from 'fast-check';
import jsonPatch from 'fast-json-patch';
import { describe, expect, it } from 'vitest';
import { createInjector } from '../../src/inject/injector.ts';
import type { JsonObject } from '../../src/json.ts';
import { decode, encodeTyped } from '../../src/merge/index.ts';
import { structSchema } from '../../src/schema/index.ts';
import { configuration } from './configuration.ts';

const podSchema = structSchema('Pod');

type Container = { name: string; image: string; [member: string]: unknown };

function patched(object: JsonObject, patch: readonly object[]): JsonObject {
  return jsonPatch.applyPatch(structuredClone(object), structuredClone(patch) as never, true)
    .newDocument as JsonObject;
}

/** What another webhook may bring between two calls of ours: a sidecar of its own, anywhere in the list. */
const addition = fc.record({
  place: fc.nat({ max: 3 }),
  probe: fc.constantFrom(
    { httpGet: { path: '/up', port: 9000 } },
    { tcpSocket: { port: 9000 } },
    { exec: { command: ['true'] } },
  ),
  volume: fc.boolean(),
  init: fc.boolean(),
});

describe.each([
  ['classic', false],
  ['native', true],
])('another webhook that changes the pod between two calls (%s)', (template, nativeSidecars) => {
  const settings = configuration({ defaultTemplates: [template], nativeSidecars });
  const injector = createInjector(settings, 'webhook');
  const injected = (pod: JsonObject): JsonObject => {
    const result = injector.inject({ pod, namespace: 'shop' });
    if (result.outcome !== 'injected') throw new Error(JSON.stringify(result));
    return patched(pod, result.patch);
  };

  it('keeps what it brought, is served by the agent, too, and a third call changes nothing', () => {
    fc.assert(
      fc.property(addition, ({ place, probe, volume, init }) => {
        const once = injected({
          metadata: { labels: { app: 'web' } },
          spec: { containers: [{ name: 'app', image: 'app:1' }] },
        });
        const between = structuredClone(once) as {
          spec: { containers: Container[]; initContainers?: Container[]; volumes?: object[] };
        };
        between.spec.containers.splice(place, 0, {
          name: 'theirs',
          image: 'theirs:1',
          readinessProbe: probe,
        });
        if (volume) between.spec.volumes = [...(between.spec.volumes ?? []), { name: 'theirs' }];
        if (init) {
          const more = { name: 'their-init', image: 'theirs:1' };
          between.spec.initContainers = [...(between.spec.initContainers ?? []), more];
        }
        const twice = injected(between as unknown as JsonObject);
        const {
          containers,
          initContainers = [],
          volumes = [],
        } = twice['spec'] as unknown as typeof between.spec;
        const all = [...initContainers, ...containers];
        expect(all.filter(({ name }) => name === 'istio-proxy')).toHaveLength(1);
        const theirs = containers.find(({ name }) => name === 'theirs');
        expect(theirs?.image).toBe('theirs:1');
        const redirected = JSON.stringify(theirs?.['readinessProbe']).includes(
          '/app-health/theirs/',
        );
        expect(redirected).toBe(!('exec' in probe));
        const proxy = JSON.stringify(all.find(({ name }) => name === 'istio-proxy'));
        expect(proxy.includes('/app-health/theirs/readyz')).toBe(redirected);
        expect(JSON.stringify(volumes).includes('"theirs"')).toBe(volume);
        expect(all.some(({ name }) => name === 'their-init')).toBe(init);

        const text = (pod: JsonObject): string => encodeTyped(podSchema, decode(podSchema, pod));
        expect(text(injected(twice))).toBe(text(twice));
      }),
      { numRuns: 60 },
    );
  });
});
