import { describe, expect, it } from 'vitest';
import { blockEnd, proxyIds, resetCopiedUser } from '../../src/inject/data/openshift.ts';
import type { Pod } from '../../src/inject/pod.ts';

describe('a block of ids', () => {
  it.each<[string, number | undefined]>([
    ['1000620000/10000', 1000629999],
    ['1-5', 5],
    ['1/0', 0],
    ['0/0', 4294967295],
    ['010/2', 11],
    [' 1/ 5', 5],
    ['1/5 and more', 5],
    ['5-1', 1],
    ['', undefined],
    ['5', undefined],
    ['x', undefined],
    ['1-', undefined],
    ['1/', undefined],
    ['1 /2', undefined],
    ['-1/5', undefined],
    ['4294967296/1', undefined],
    ['1-4294967296', undefined],
    ['1-5/2', undefined],
  ])('%j ends at %j', (text, end) => {
    expect(blockEnd(text)).toBe(end);
  });
});

describe('user and group of the proxy', () => {
  const users = (text: string) => ({ 'openshift.io/sa.scc.uid-range': text });
  const groups = (text: string) => ({ 'openshift.io/sa.scc.supplemental-groups': text });
  const ids = (annotations: Record<string, string>) => {
    const { uid, gid } = proxyIds('openshift', { annotations });
    return [uid, gid];
  };

  it.each<[string, Record<string, string>, number[]]>([
    ['nothing', {}, [1337, 1337]],
    ["the users' block for both", users('1000/10'), [1009, 1009]],
    ['a block for each', { ...users('1000/10'), ...groups('20/5') }, [1009, 24]],
    ['the first block of groups', { ...users('1000/10'), ...groups('20/5,30/5') }, [1009, 24]],
    ['one bad block of groups', { ...users('1000/10'), ...groups('20/5,x') }, [1009, 1337]],
    ['an empty text for groups', { ...users('1000/10'), ...groups('') }, [1009, 1337]],
    ['a bad block of users', users('all'), [1337, 1337]],
    ['groups alone', groups('20/5'), [1337, 24]],
    ["a list in the users' annotation", users('1-5,9-8'), [5, 5]],
  ])('with %s', (_, annotations, expected) => {
    expect(ids(annotations)).toEqual(expected);
  });

  it('is 1337 elsewhere and for an unknown namespace', () => {
    expect(proxyIds('', { annotations: users('1000/10') })).toEqual({ uid: 1337, gid: 1337 });
    expect(proxyIds('openshift', undefined)).toEqual({ uid: 1337, gid: 1337 });
  });
});

describe('a user that OpenShift copied', () => {
  const container = (name: string, securityContext?: object) =>
    ({ name, ...(securityContext === undefined ? {} : { securityContext }) }) as never;
  const pod = (containers: never[], initContainers: never[] = []): Pod => ({
    spec: { containers, initContainers },
  });

  it('is taken off the proxy with its group', () => {
    const before = pod([
      container('app', { runAsUser: 7 }),
      container('istio-proxy', { runAsUser: 7, runAsGroup: 8, privileged: false }),
    ]);
    const copy = structuredClone(before);
    expect(resetCopiedUser(before)).toEqual(
      pod([container('app', { runAsUser: 7 }), container('istio-proxy', { privileged: false })]),
    );
    expect(before).toEqual(copy);
  });

  it('is taken off a native proxy, too', () => {
    const after = resetCopiedUser(
      pod([container('app', { runAsUser: 7 })], [container('istio-proxy', { runAsUser: 7 })]),
    );
    expect(after.spec?.initContainers).toEqual([container('istio-proxy', {})]);
  });

  it('is compared with the last application container that sets one, init containers last', () => {
    const proxy = container('istio-proxy', { runAsUser: 2 });
    const two = container('b', { runAsUser: 2 });
    const one = container('a', { runAsUser: 1 });
    const ours = container('istio-init', { runAsUser: 9 });
    expect(resetCopiedUser(pod([two, proxy], [one])).spec?.containers).toContain(proxy);
    expect(resetCopiedUser(pod([one, proxy], [two, ours])).spec?.containers).not.toContain(proxy);
  });

  it('is left alone when it differs', () => {
    const before = pod([
      container('app', { runAsUser: 7 }),
      container('istio-proxy', { runAsUser: 1234, runAsGroup: 7 }),
    ]);
    expect(resetCopiedUser(before)).toBe(before);
  });

  it('counts as the same when neither sets one, which drops a lone group', () => {
    const after = resetCopiedUser(
      pod([container('app'), container('istio-proxy', { runAsGroup: 3 })]),
    );
    expect(after.spec?.containers).toEqual([container('app'), container('istio-proxy', {})]);
  });

  it('is not looked for where the proxy has no security context', () => {
    const before = pod([container('app', { runAsUser: 7 }), container('istio-proxy')]);
    expect(resetCopiedUser(before)).toBe(before);
    expect(resetCopiedUser({})).toEqual({});
  });
});
