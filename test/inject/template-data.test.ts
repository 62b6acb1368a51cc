import { describe, expect, it } from 'vitest';
import { formatValue } from '../../src/gotemplate/fmt/format-value.ts';
import { GoInt, type GoPointer, GoStruct, wrap } from '../../src/gotemplate/value/model.ts';
import { fieldReader, findMethod } from '../../src/gotemplate/value/struct-field.ts';
import { typeName } from '../../src/gotemplate/value/type-of.ts';
import { templateData } from '../../src/inject/data/template-data.ts';
import { defaultMeshConfig, parseValues } from '../../src/mesh/index.ts';

const mesh = defaultMeshConfig();
const parts = {
  owner: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop' },
  view: { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'c' }] } },
  proxyConfig: mesh.defaultConfig ?? {},
  mesh,
  values: parseValues('global: {hub: h, tag: t, count: 1000000}'),
  revision: 'r1',
  nativeSidecars: true,
  ids: { uid: 1337, gid: 1000650000 },
  compliancePolicy: 'fips',
};

/** Reads a field as a template does. */
function read(value: unknown, ...path: string[]): unknown {
  let at = value;
  for (const name of path) {
    const struct = at instanceof GoStruct ? at : (at as GoPointer).target;
    if (!(struct instanceof GoStruct)) throw new Error(`${name} of ${typeName(at)}`);
    at = fieldReader(struct.type, name)?.(struct);
  }
  return at;
}

describe('the root value of a template', () => {
  const root = templateData(parts);

  it('has the type that messages name', () => {
    expect(typeName(root)).toBe('*inject.SidecarTemplateData');
    expect(read(root, 'Nope')).toBeUndefined();
  });

  it('tells who made the pod', () => {
    expect(read(root, 'TypeMeta', 'Kind')).toBe('Deployment');
    expect(read(root, 'TypeMeta', 'APIVersion')).toBe('apps/v1');
    expect(read(root, 'DeploymentMeta', 'Name')).toBe('web');
    expect(read(root, 'DeploymentMeta', 'Namespace')).toBe('shop');
  });

  it('prints namespace and name together', () => {
    const meta = read(root, 'DeploymentMeta');
    expect(formatValue(meta)).toBe('shop/web');
    if (!(meta instanceof GoStruct)) throw new Error('not a struct');
    expect(findMethod(meta.type, 'String')?.call(meta, [])).toBe('shop/web');
  });

  it('shows the pod through the Kubernetes types', () => {
    expect(typeName(read(root, 'ObjectMeta'))).toBe('v1.ObjectMeta');
    expect(typeName(read(root, 'Spec', 'Containers'))).toBe('[]v1.Container');
    expect(read(root, 'ObjectMeta', 'Labels')).toEqual(wrap(goTypeOfLabels(root), { app: 'a' }));
    expect(read(root, 'Spec', 'NodeName')).toBe('');
  });

  it('shows the configs as pointers to messages', () => {
    expect(typeName(read(root, 'ProxyConfig'))).toBe('*v1alpha1.ProxyConfig');
    expect(formatValue(read(root, 'ProxyConfig', 'StatusPort'))).toBe('15020');
    expect(formatValue(read(root, 'ProxyConfig', 'InterceptionMode'))).toBe('REDIRECT');
    expect(typeName(read(root, 'MeshConfig'))).toBe('*v1alpha1.MeshConfig');
    expect(read(root, 'MeshConfig', 'TrustDomain')).toBe('cluster.local');
  });

  it('shows values as a plain map', () => {
    expect(read(root, 'Values')).toEqual({ global: { hub: 'h', tag: 't', count: 1000000 } });
  });

  it('holds the rest as plain values, ids as int64', () => {
    expect(read(root, 'Revision')).toBe('r1');
    expect(read(root, 'NativeSidecars')).toBe(true);
    expect(read(root, 'ProxyImage')).toBe('h/proxyv2:t');
    expect(read(root, 'ProxyInitImage')).toBe('h/proxyv2:t');
    expect(read(root, 'CompliancePolicy')).toBe('fips');
    const gid = read(root, 'ProxyGID');
    expect(gid).toBeInstanceOf(GoInt);
    expect(typeName(gid)).toBe('int64');
    expect(formatValue(gid)).toBe('1000650000');
  });

  it("takes the image type of the pod's view", () => {
    const annotations = { 'sidecar.istio.io/proxyImageType': 'debug' };
    const data = templateData({ ...parts, view: { metadata: { annotations } } });
    expect(read(data, 'ProxyImage')).toBe('h/proxyv2:t-debug');
  });

  it.each([
    [undefined, 'passthrough'],
    [{}, 'passthrough'],
    [{ mode: 0 }, 'passthrough'],
    [{ mode: 1 }, 'localhost'],
  ])('with inbound traffic policy %j says %s', (inboundTrafficPolicy, mode) => {
    const { inboundTrafficPolicy: _, ...others } = mesh;
    const changed =
      inboundTrafficPolicy === undefined ? others : { ...others, inboundTrafficPolicy };
    const data = templateData({ ...parts, mesh: changed });
    expect(read(data, 'InboundTrafficPolicyMode')).toBe(mode);
  });

  it('takes a pod without metadata and spec', () => {
    const data = templateData({ ...parts, view: {} });
    expect(read(data, 'ObjectMeta', 'Name')).toBe('');
    expect(formatValue(read(data, 'Spec', 'Containers'))).toBe('[]');
  });
});

function goTypeOfLabels(root: GoPointer) {
  const labels = read(root, 'ObjectMeta', 'Labels') as { type: never };
  return labels.type;
}
