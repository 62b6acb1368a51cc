/**
 * The annotations by which Prometheus finds what to scrape, in any spelling.
 * Exports: {@link readPrometheusAnnotations}, {@link withoutPrometheusAnnotations}, {@link isSecurePort}.
 */
import { annotations as names } from './annotations.ts';
import type { TextMap } from './pod.ts';

/** Prometheus itself turns every other character of a label name into an underscore. */
const notInLabelNames = /[^a-zA-Z0-9_]/gu;

type Part = 'scrape' | 'port' | 'path' | 'targets';

const parts: ReadonlyMap<string, Part> = new Map([
  ['prometheus_io_scrape', 'scrape'],
  ['prometheus_io_port', 'port'],
  ['prometheus_io_path', 'path'],
  ['prometheus_istio_io_scrape_targets', 'targets'],
]);

const usual: { readonly [part in Part]: string } = {
  scrape: names.prometheusScrape,
  port: names.prometheusPort,
  path: names.prometheusPath,
  targets: names.prometheusScrapeTargets,
};

/** The texts as they stand; undefined where no annotation says. */
export type PrometheusAnnotations = { readonly [part in Part]: string | undefined };

const none: { [part in Part]: string | undefined } = Object.freeze({
  scrape: undefined,
  port: undefined,
  path: undefined,
  targets: undefined,
});

function partOf(key: string): Part | undefined {
  // Letters are never replaced, so every spelling starts alike.
  if (!key.startsWith('prometheus')) return undefined;
  return parts.get(key.replace(notInLabelNames, '_'));
}

/**
 * Collects the annotations. When one is there in several spellings, upstream takes any; this takes the
 * usual one (`prometheus.io/port`), else the first in the order of the keys, so that the answer is always
 * the same.
 */
export function readPrometheusAnnotations(annotations: TextMap): PrometheusAnnotations {
  const ours = Object.keys(annotations).filter((key) => partOf(key) !== undefined);
  if (ours.length === 0) return none;
  const found = { ...none };
  for (const key of ours.sort()) {
    const part = partOf(key);
    if (part === undefined) continue;
    if (found[part] === undefined || key === usual[part]) found[part] = annotations[key];
  }
  return found;
}

/** The annotations without those of Prometheus. */
export function withoutPrometheusAnnotations(annotations: TextMap): TextMap {
  if (!Object.keys(annotations).some(partOf)) return annotations;
  return Object.fromEntries(Object.entries(annotations).filter(([key]) => !partOf(key)));
}

/** True for the annotation that names the port of the merged metrics over mutual TLS. */
export function isSecurePort(key: string): boolean {
  return (
    key.startsWith('prometheus') &&
    key.replace(notInLabelNames, '_') === 'prometheus_istio_io_secure_port'
  );
}
