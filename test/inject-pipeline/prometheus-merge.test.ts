import { describe, expect, it } from 'vitest';
import type { TextMap } from '../../src/inject/pod.ts';
import { mergePrometheus } from '../../src/inject/postprocess/prometheus-merge.ts';
import { annotated, context, sidecarEnv } from './postprocess-context.ts';

const rewritten = {
  'prometheus.io/port': '15020',
  'prometheus.io/path': '/stats/prometheus',
  'prometheus.io/scrape': 'true',
};

function merge(annotations: TextMap, over = {}) {
  const pod = mergePrometheus(annotated(annotations), context(over));
  const env = sidecarEnv(pod);
  return {
    annotations: pod.metadata?.annotations,
    env: env?.map(({ name, value }) => `${name}=${value}`),
  };
}

const told = (json: string) => [`ISTIO_PROMETHEUS_ANNOTATIONS=${json}`];

describe('merging the metrics of application and proxy', () => {
  it('points Prometheus at the agent', () => {
    expect(merge({ a: 'b' })).toEqual({ annotations: { a: 'b', ...rewritten }, env: undefined });
  });

  it.each<[TextMap, string]>([
    [{ 'prometheus.io/scrape': 'maybe' }, '{"scrape":"maybe","path":"","port":""}'],
    [{ 'prometheus.io/path': '/x' }, '{"scrape":"","path":"/x","port":""}'],
    [{ 'prometheus-io/port': '080' }, '{"scrape":"","path":"","port":"080"}'],
    [{ prometheus_io_port: '81' }, '{"scrape":"","path":"","port":"81"}'],
    [{ 'prometheus.io/port': '+80' }, '{"scrape":"","path":"","port":"+80"}'],
    [
      { 'prometheus.io/scrape': 'TRUE', 'prometheus.io/port': '9', 'prometheus.io/path': '/a&b' },
      '{"scrape":"TRUE","path":"/a\\u0026b","port":"9"}',
    ],
    [
      { 'prometheus.istio.io/scrape-targets': '08080:/x:y, ,9' },
      '{"scrape":"","path":"/x:y","port":"08080","targets":[{"port":"08080","path":"/x:y"},{"port":"9","path":"/metrics"}]}',
    ],
    [
      { 'prometheus.istio.io/scrape-targets': ' 7 : ', 'prometheus.io/port': 'ignored' },
      '{"scrape":"","path":"/metrics","port":"7","targets":[{"port":"7","path":"/metrics"}]}',
    ],
  ])('tells the agent what %o says', (annotations, json) => {
    expect(merge(annotations)).toEqual({ annotations: rewritten, env: told(json) });
  });

  it.each<[string, TextMap]>([
    ['scraping is off', { 'prometheus.io/scrape': 'false' }],
    ['scraping is off in another spelling', { prometheus_io_scrape: 'F' }],
    ['the port is the agent’s', { 'prometheus.io/port': '15020' }],
    [
      'the port is the agent’s beside targets',
      { 'prometheus.io/port': '15020', 'prometheus.istio.io/scrape-targets': 'abc' },
    ],
    ['the annotation turns merging off', { 'prometheus.istio.io/merge-metrics': '0' }],
  ])('changes nothing when %s', (_, annotations) => {
    expect(merge(annotations)).toEqual({ annotations, env: undefined });
  });

  it('asks the annotation first and the mesh second whether to merge', () => {
    const off = { mesh: { defaultConfig: { statusPort: 15020 }, enablePrometheusMerge: false } };
    expect(merge({}, off).annotations).toEqual({});
    expect(merge({ 'prometheus.istio.io/merge-metrics': 'true' }, off).annotations).toMatchObject(
      rewritten,
    );
    expect(merge({ 'prometheus.istio.io/merge-metrics': 'hm' }, off).annotations).toEqual({
      'prometheus.istio.io/merge-metrics': 'hm',
    });
  });

  it('drops every spelling of the four annotations and keeps all others', () => {
    const annotations = {
      'prometheus-io/port': '1',
      prometheus_io_path: '/p',
      'prometheus.io/scheme': 'https',
      'prometheus.istio.io/scrape-targets': '2',
    };
    expect(merge(annotations).annotations).toEqual({
      'prometheus.io/scheme': 'https',
      ...rewritten,
    });
  });

  it('prefers the usual spelling when there are several', () => {
    const annotations = {
      prometheus_io_port: '2',
      'prometheus.io/port': '1',
      'prometheus-io/port': '3',
    };
    expect(merge(annotations).env).toEqual(told('{"scrape":"","path":"","port":"1"}'));
  });

  it('ignores all targets, and says so, when one has no port', () => {
    const taken = context();
    const pod = mergePrometheus(
      annotated({ 'prometheus.istio.io/scrape-targets': '8080, :x' }),
      taken,
    );
    expect(pod.metadata?.annotations).toEqual(rewritten);
    expect(sidecarEnv(pod)).toBeUndefined();
    expect(taken.notices.map(({ message }) => message)).toEqual([
      expect.stringContaining('empty port in scrape target ":x"'),
    ]);
  });

  it('leaves the containers alone when there is nothing to tell', () => {
    const pod = annotated({ a: 'b' });
    expect(mergePrometheus(pod, context()).spec).toBe(pod.spec);
  });

  it('rewrites the annotations of a pod without a proxy, too', () => {
    const pod = mergePrometheus(
      annotated({ 'prometheus.io/port': '80' }, [{ name: 'app' }]),
      context(),
    );
    expect(pod.metadata?.annotations).toEqual(rewritten);
    expect(pod.spec?.containers).toEqual([{ name: 'app' }]);
  });

  it('takes 0 for the status port of a mesh without one', () => {
    expect(merge({}, { mesh: {} }).annotations).toMatchObject({ 'prometheus.io/port': '0' });
  });

  it.each<[TextMap, string]>([
    [{ 'prometheus.io/port': 'p' }, 'invalid prometheus scrape configuration: invalid port "p"'],
    [{ 'prometheus.io/port': '0' }, 'invalid prometheus scrape configuration: invalid port "0"'],
    [
      { 'prometheus.io/port': ' 80' },
      'invalid prometheus scrape configuration: invalid port " 80"',
    ],
    [
      { 'prometheus.io/port': '65536' },
      'invalid prometheus scrape configuration: invalid port "65536"',
    ],
    [
      { 'prometheus.io/port': '015020' },
      'invalid prometheus scrape configuration: port 015020 conflicts with agent port',
    ],
    [
      { 'prometheus.io/port': '15090' },
      'invalid prometheus scrape configuration: port 15090 is reserved for Istio (Envoy Prometheus (already merged)) and cannot be scraped',
    ],
    [
      { 'prometheus.istio.io/scrape-targets': '80,abc' },
      'invalid prometheus scrape targets: invalid target port "abc"',
    ],
    [
      { 'prometheus.istio.io/scrape-targets': '15020' },
      'invalid prometheus scrape targets: target port 15020 conflicts with agent port',
    ],
    [
      { 'prometheus.istio.io/scrape-targets': '015006:/x' },
      'invalid prometheus scrape targets: target port 015006 is reserved for Istio (inbound traffic capture) and cannot be scraped',
    ],
  ])('refuses %o', (annotations, message) => {
    expect(() => merge(annotations)).toThrow(message);
  });

  it.each([15000, 15001, 15004, 15006, 15008, 15020, 15021, 15053, 15090])(
    'knows that port %i is taken, wherever the agent listens',
    (port) => {
      const elsewhere = { mesh: { defaultConfig: { statusPort: 16000 } } };
      expect(() => merge({ 'prometheus.io/port': String(port) }, elsewhere)).toThrow(
        `port ${port} is reserved for Istio`,
      );
    },
  );
});
