import { describe, expect, test } from 'vitest';
import { describeRight, neededRights } from '../../src/diagnose/needed-rights.ts';
import { baseObjects } from '../../src/install/base-objects.ts';
import { installationObjects } from '../../src/install/installation-objects.ts';

describe('the rights that an injector needs', () => {
  test('are every combination that a rule allows', () => {
    const rules = [
      { apiGroups: ['', 'apps'], resources: ['pods'], verbs: ['get', 'list'] },
      { apiGroups: [''], resources: ['secrets'], resourceNames: ['a', 'b'], verbs: ['get'] },
    ];
    const metadata = { name: 'x', namespace: 'mesh' };
    expect(neededRights([{ kind: 'Role', metadata, rules }]).map(describeRight)).toEqual([
      'get pods in mesh',
      'list pods in mesh',
      'get pods.apps in mesh',
      'list pods.apps in mesh',
      'get secrets/a in mesh',
      'get secrets/b in mesh',
    ]);
    expect(neededRights([{ kind: 'ClusterRole', rules }, { kind: 'Service' }])[0]).toEqual({
      verb: 'get',
      group: '',
      resource: 'pods',
    });
  });

  test('are those of the manifests, with the names of a revision', () => {
    const settings = { revision: 'canary', namespace: 'mesh', istioNamespace: 'istio-system' };
    const rights = neededRights(installationObjects(baseObjects(), settings)).map(describeRight);
    expect(rights).toContain('watch configmaps/istio-sidecar-injector-canary in istio-system');
    expect(rights).toContain('update secrets/outrigger-ca-canary in mesh');
    expect(rights).toContain('list namespaces');
    expect(new Set(rights).size).toBe(rights.length);
  });
});
