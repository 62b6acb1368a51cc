import { describe, expect, it } from 'vitest';
import { parseInjectPath } from '../../src/inject/data/inject-path.ts';

const cluster = 'ISTIO_META_CLUSTER_ID';
const network = 'ISTIO_META_NETWORK';

describe('the environment in the path', () => {
  it.each<[string, Record<string, string>]>([
    ['', {}],
    ['/', {}],
    ['/inject', {}],
    ['/inject/', {}],
    ['/inject/cluster', {}],
    ['/inject/net/', {}],
    ['/inject/cluster/c1', { [cluster]: 'c1' }],
    ['/inject/cluster/c1/net/n1/', { [cluster]: 'c1', [network]: 'n1' }],
    ['/inject/cluster/c--slash--1/net/n--slash--1', { [cluster]: 'c/1', [network]: 'n/1' }],
    ['/inject/cluster/c1/custom_env/foo', { [cluster]: 'c1', CUSTOM_ENV: 'foo' }],
    ['/inject/cluster/c1/network', { [cluster]: 'c1' }],
    ['/inject/:ENV:cluster=c2:ENV:rootpage=/foo/bar', { [cluster]: 'c2', ROOTPAGE: '/foo/bar' }],
    ['/inject/root1/value1/root2/:ENV:abcd=efgh', { ROOT1: 'value1', ROOT2: ':ENV:abcd=efgh' }],
    ['/inject/:ENV:root1=efgh:ENV:=abb:ENV:=', { ROOT1: 'efgh' }],
    ['/inject/:ENV:a', {}],
    ['/inject/:ENV:a=', { A: '' }],
    ['/inject/:ENV:a=b=c:ENV:net=--slash--x', { A: 'b=c', [network]: '--slash--x' }],
    ['/inject/cluster/c//net/n', { [cluster]: 'c' }],
    ['/inject/A/--slash--x--slash--', { A: '/x/' }],
    ['/foo/net/n', { [network]: 'n' }],
    ['/inject/cluster/a/cluster/b', { [cluster]: 'b' }],
    ['/inject/__proto__/x', { ['__PROTO__']: 'x' }],
    ['/inject/straße/x/ä/y', { STRAßE: 'x', Ä: 'y' }],
  ])('%s', (path, env) => {
    expect([...parseInjectPath(path)]).toEqual(Object.entries(env));
  });
});
