import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { runCli } from './run-cli.ts';

const resourceList = (spec: string, kind = 'Injection') => `apiVersion: config.kubernetes.io/v1
kind: ResourceList
functionConfig:
  apiVersion: v1
  kind: ${kind}
  ${kind === 'ConfigMap' ? 'data' : 'spec'}: {${spec}}
items:
- apiVersion: apps/v1
  kind: Deployment
  metadata:
    name: web # the shop
    namespace: shop
    annotations:
      internal.config.kubernetes.io/path: web.yaml
  unknown: {stays: here}
  spec:
    template:
      metadata:
        labels:
          app: web
      spec:
        containers:
        - name: web
          image: web:1
- apiVersion: v1
  kind: Namespace
  metadata:
    name: shop
`;

describe('the KRM function', () => {
  test('injects the items, and leaves comments and unknown fields', async () => {
    const { code, stdout } = await runCli(['krm'], { stdin: resourceList('') });
    expect(code).toBe(0);
    expect(stdout).toContain('name: web # the shop');
    const { kind, items, results = [] } = parse(stdout);
    expect(kind).toBe('ResourceList');
    expect(items[0].unknown).toEqual({ stays: 'here' });
    expect(JSON.stringify(items[0].spec.template)).toContain('istio-proxy');
    expect(items[1]).toEqual({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
    expect(results.filter((one: { severity: string }) => one.severity === 'error')).toEqual([]);
  });

  test.each(['Injection', 'ConfigMap'])('takes settings from a %s', async (kind) => {
    const stdin = resourceList('native-sidecars: "false"', kind);
    const { items } = parse((await runCli(['krm'], { stdin })).stdout);
    const { containers } = items[0].spec.template.spec;
    expect(containers.map(({ name }: { name: string }) => name)).toContain('istio-proxy');
  });

  test.each(['profile: vast', 'set: ["a..b=1"]', 'podTemplate: ["x"]'])(
    'ends with 1 for a setting that cannot be, as for anything refused: %s',
    async (setting) => {
      const { code, stdout } = await runCli(['krm'], { stdin: resourceList(setting) });
      expect(code).toBe(1);
      expect(parse(stdout).results).toMatchObject([{ severity: 'error' }]);
    },
  );

  test('can decide as the cluster would, and says what it left out', async () => {
    const stdin = resourceList('asAdmission: true');
    const { code, stdout } = await runCli(['krm'], { stdin });
    expect(code).toBe(0);
    const { items, results } = parse(stdout);
    expect(items).toEqual(parse(stdin).items);
    expect(results).toEqual([
      {
        severity: 'info',
        message: 'Skipping injection because Deployment "shop/web" has sidecar injection disabled',
        resourceRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop' },
        file: { path: 'web.yaml' },
      },
    ]);
  });

  test('says as a result what is refused, changes nothing, and ends with 1', async () => {
    const bad = resourceList('').replace(
      'labels:\n          app: web',
      'annotations:\n          traffic.sidecar.istio.io/includeInboundPorts: bad',
    );
    const { code, stdout, stderr } = await runCli(['krm'], { stdin: bad });
    expect([code, stderr]).toEqual([1, expect.stringContaining('includeInboundPorts')]);
    const { items, results } = parse(stdout);
    expect(items).toEqual(parse(bad).items);
    expect(results).toContainEqual(
      expect.objectContaining({ severity: 'error', file: { path: 'web.yaml' } }),
    );
  });

  test('names a setting that there is not', async () => {
    const { code, stdout } = await runCli(['krm'], { stdin: resourceList('revison: canary') });
    expect(code).toBe(1);
    expect(parse(stdout).results[0]).toMatchObject({ severity: 'error' });
  });

  test('takes nothing but a ResourceList', async () => {
    const { code, stdout, stderr } = await runCli(['krm'], { stdin: 'kind: Pod\n' });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('a ResourceList is expected, got Pod');
  });
});
