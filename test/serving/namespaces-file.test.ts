import { expect, test } from 'vitest';
import { parseNamespaces } from '../../src/serving/namespaces-file.ts';

test('namespaces are read from documents and lists, with labels and the annotations that count', () => {
  const { namespaces } = parseNamespaces(`
apiVersion: v1
kind: Namespace
metadata:
  name: one
  labels: {istio-injection: enabled}
  annotations: {openshift.io/sa.scc.uid-range: 1000/10, other: "long"}
--- # a comment
kind: List
items:
- {kind: Namespace, metadata: {name: two}}
---
{"kind": "NamespaceList", "items": [{"metadata": {"name": "three", "labels": {"a": "b"}}}]}
---
`);
  expect(Object.fromEntries(namespaces)).toEqual({
    one: {
      labels: { 'istio-injection': 'enabled', 'kubernetes.io/metadata.name': 'one' },
      annotations: { 'openshift.io/sa.scc.uid-range': '1000/10' },
    },
    two: { labels: { 'kubernetes.io/metadata.name': 'two' }, annotations: {} },
    three: { labels: { a: 'b', 'kubernetes.io/metadata.name': 'three' }, annotations: {} },
  });
});

test('webhook configurations next to them say where revision tags point', () => {
  const { tags } = parseNamespaces(`
kind: Namespace
metadata: {name: one}
---
kind: MutatingWebhookConfiguration
metadata: {name: istio-revision-tag-prod, labels: {istio.io/tag: prod, istio.io/rev: "1-30"}}
---
kind: MutatingWebhookConfiguration
metadata: {name: istio-sidecar-injector, labels: {istio.io/rev: default}}
`);
  expect([...tags]).toEqual([['prod', '1-30']]);
});

test.each([
  ['', 'there is no Namespace in it'],
  ['kind: List\nitems: []', 'there is no Namespace in it'],
  ['kind: Pod', 'a Namespace is expected, got Pod'],
  ['just text', 'a Namespace is expected, got something that has no kind'],
  ['kind: List\nitems: [{kind: Service}]', 'a Namespace is expected, got Service'],
  ['kind: Namespace\nmetadata: {}', 'a Namespace has no name'],
  ['kind: [', 'yaml'],
])('%j is refused', (text, message) => {
  expect(() => parseNamespaces(text)).toThrow(message);
});

test('a label called __proto__ is a label like any other', () => {
  const text = '{"kind":"Namespace","metadata":{"name":"x","labels":{"__proto__":"y"}}}';
  const labels = parseNamespaces(text).namespaces.get('x')?.labels ?? {};
  expect(Object.hasOwn(labels, '__proto__')).toBe(true);
  expect(Object.hasOwn(Object.prototype, 'y')).toBe(false);
});
