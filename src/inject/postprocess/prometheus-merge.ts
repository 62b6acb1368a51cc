/** Exports: {@link mergePrometheus}, {@link readScrapeConfiguration}, {@link scrapeVariable}. */
import type { JsonValue } from '../../json.ts';
import { decode, encodeTyped } from '../../merge/index.ts';
import type { MeshConfig } from '../../mesh/index.ts';
import { annotations as names } from '../annotations.ts';
import { findSidecar, replaceContainer } from '../container-place.ts';
import { parseBool } from '../parse-bool.ts';
import { annotationsOf, type Pod, type TextMap, withAnnotations } from '../pod.ts';
import {
  type PrometheusAnnotations,
  readPrometheusAnnotations,
  withoutPrometheusAnnotations,
} from '../prometheus-annotations.ts';
import { listOf, recordSchema, text } from '../record-schema.ts';
import { checkScrapePort } from './scrape-port.ts';
import type { PostprocessContext, PostprocessStep } from './step.ts';

const targetSchema = recordSchema('PrometheusScrapeTarget', [
  ['port', text, 'always'],
  ['path', text, 'always'],
]);

/** What the agent reads (`pilot/cmd/pilot-agent/status/server.go`, PrometheusScrapeConfiguration). */
const scrapeSchema = recordSchema('PrometheusScrapeConfiguration', [
  ['scrape', text, 'always'],
  ['path', text, 'always'],
  ['port', text, 'always'],
  ['targets', listOf(targetSchema), 'unless zero'],
]);

/** The environment variable of the proxy that tells the agent what the application's annotations said. */
export const scrapeVariable = 'ISTIO_PROMETHEUS_ANNOTATIONS';

/** What the variable tells, every part that is not there empty; undefined for another text. */
export function readScrapeConfiguration(value: string): ScrapeConfiguration | undefined {
  try {
    const read = decode(
      scrapeSchema,
      JSON.parse(value) as JsonValue,
    ) as Partial<ScrapeConfiguration>;
    const { scrape = '', path = '', port = '', targets = [] } = read;
    return { scrape, path, port, targets };
  } catch {
    return undefined;
  }
}

type Target = { port: string; path: string };

/**
 * Points Prometheus at the agent, which serves its own metrics, the proxy's and the application's as one
 * page, and tells the agent what the application's annotations said (applyPrometheusMerge).
 */
export const mergePrometheus: PostprocessStep = (pod, context) => {
  const { mesh } = context;
  const annotations = annotationsOf(pod);
  const agentPort = String(mesh.defaultConfig?.statusPort ?? 0);
  const found = readPrometheusAnnotations(annotations);
  if (found.scrape !== undefined && parseBool(found.scrape) === false) return pod;
  if (!mergingEnabled(annotations, mesh)) return pod;
  // Either an earlier injection wrote it, or the user wants the agent alone to be scraped.
  if (found.port === agentPort) return pod;
  const told = tellAgent(pod, scrapeConfiguration(found, agentPort, context));
  return withAnnotations(told, {
    ...withoutPrometheusAnnotations(annotations),
    [names.prometheusPort]: agentPort,
    [names.prometheusPath]: '/stats/prometheus',
    [names.prometheusScrape]: 'true',
  });
};

function mergingEnabled(annotations: TextMap, mesh: MeshConfig): boolean {
  const wish = annotations[names.prometheusMergeMetrics];
  return (wish === undefined ? undefined : parseBool(wish)) ?? mesh.enablePrometheusMerge ?? true;
}

/** How the application wants to be scraped. */
export interface ScrapeConfiguration {
  readonly scrape: string;
  readonly path: string;
  readonly port: string;
  readonly targets: Target[];
}

function scrapeConfiguration(
  found: PrometheusAnnotations,
  agentPort: string,
  context: PostprocessContext,
): ScrapeConfiguration {
  const { scrape = '', path = '', port = '' } = found;
  const targets = scrapeTargets(found.targets ?? '', context);
  const first = targets[0];
  if (first === undefined) {
    if (port !== '') {
      checkScrapePort(port, agentPort, {
        prefix: 'invalid prometheus scrape configuration',
        noun: 'port',
        subject: names.prometheusPort,
      });
    }
    return { scrape, path, port, targets };
  }
  for (const target of targets) {
    checkScrapePort(target.port, agentPort, {
      prefix: 'invalid prometheus scrape targets',
      noun: 'target port',
      subject: names.prometheusScrapeTargets,
    });
  }
  return { scrape, path: first.path, port: first.port, targets };
}

/** Reads `port[:path],…`; one entry without a port voids the whole annotation. */
function scrapeTargets(list: string, { notice }: PostprocessContext): Target[] {
  const targets: Target[] = [];
  for (const part of list.split(',')) {
    const entry = part.trim();
    if (entry === '') continue;
    const colon = entry.indexOf(':');
    const port = (colon < 0 ? entry : entry.slice(0, colon)).trim();
    const path = colon < 0 ? '' : entry.slice(colon + 1).trim();
    if (port === '') {
      notice({
        code: 'scrape-targets-ignored',
        message: `annotation ${names.prometheusScrapeTargets} is ignored: empty port in scrape target "${entry}"`,
      });
      return [];
    }
    targets.push({ port, path: path === '' ? '/metrics' : path });
  }
  return targets;
}

function tellAgent(pod: Pod, configuration: ScrapeConfiguration): Pod {
  const { scrape, path, port, targets } = configuration;
  if (scrape === '' && path === '' && port === '' && targets.length === 0) return pod;
  const sidecar = findSidecar(pod);
  if (sidecar === undefined) return pod;
  const value = encodeTyped(scrapeSchema, {
    scrape,
    path,
    port,
    ...(targets.length > 0 ? { targets } : {}),
  });
  const env = [...(sidecar.container.env ?? []), { name: scrapeVariable, value }];
  return replaceContainer(pod, sidecar, { ...sidecar.container, env });
}
