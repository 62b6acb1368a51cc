import { describe, expect, it } from 'vitest';
import {
  indexNodes,
  nodeQualifies,
  resolveNativeSidecars,
} from '../../src/inject/data/native-sidecars.ts';

describe('a node', () => {
  it.each([
    'v1.33.0',
    '1.33',
    'v1.34.2-gke.100',
    'v1.33.1-eks-ae9a62a',
    'v1.40.0-rc.1+build.5',
    '2.33.0',
    '0.99',
  ])('running %j qualifies', (version) => {
    expect(nodeQualifies(version)).toBe(true);
  });

  it.each(['v1.32.9', '1', 'v2', '2.0.0', '', ' v1.33.0', '1.33+', 'v1.33.0 ', 'latest', 'v1.x'])(
    'running %j does not qualify',
    (version) => {
      expect(nodeQualifies(version)).toBe(false);
    },
  );
});

describe('native sidecars', () => {
  const node = (name: string, kubeletVersion: string) => ({ name, kubeletVersion });
  const mixed = indexNodes([node('old', 'v1.28.0'), node('new', 'v1.34.0')]);
  const recent = indexNodes([node('a', 'v1.33.0'), node('b', 'v1.34.0')]);

  it('are what the mode says when it says so', () => {
    expect(resolveNativeSidecars('true', undefined, undefined)).toBe(true);
    expect(resolveNativeSidecars('false', recent, undefined)).toBe(false);
    expect(resolveNativeSidecars('TRUE', recent, undefined)).toBe(false);
    expect(resolveNativeSidecars('', recent, undefined)).toBe(false);
  });

  it('are off when the nodes cannot be read', () => {
    expect(resolveNativeSidecars('auto', undefined, 'new')).toBe(false);
  });

  it("follow the pod's node alone when it is known", () => {
    expect(resolveNativeSidecars('auto', mixed, 'new')).toBe(true);
    expect(resolveNativeSidecars('auto', mixed, 'old')).toBe(false);
  });

  it('ask for all nodes otherwise', () => {
    expect(resolveNativeSidecars('auto', mixed, undefined)).toBe(false);
    expect(resolveNativeSidecars('auto', mixed, 'unknown')).toBe(false);
    expect(resolveNativeSidecars('auto', mixed, '')).toBe(false);
    expect(resolveNativeSidecars('auto', recent, 'unknown')).toBe(true);
  });

  it('are on in a cluster that has no node yet', () => {
    expect(resolveNativeSidecars('auto', indexNodes([]), undefined)).toBe(true);
  });
});
