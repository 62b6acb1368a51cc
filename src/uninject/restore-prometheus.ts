/** Exports: {@link restorePrometheus}. */
import { annotations as names } from '../inject/annotations.ts';
import { annotationsOf, type Pod, type TextMap, withAnnotations } from '../inject/pod.ts';
import type { Notice } from '../inject/types.ts';
import type { InjectionRecord } from './injection-record.ts';
import { withValueAt } from './pod-place.ts';

const mergedPath = '/stats/prometheus';

const injectedNames = [names.prometheusPath, names.prometheusScrape, names.prometheusPort];

/**
 * Takes out the annotations that lead Prometheus to the agent, and puts back what the application's own said.
 *
 * @param statusPort the agent's port
 * @param injectedAnnotations what the configuration sets on every pod, over anything else
 */
export function restorePrometheus(
  pod: Pod,
  { scrape }: InjectionRecord,
  statusPort: number,
  injectedAnnotations: ReadonlyMap<string, string>,
  notice: (notice: Notice) => void,
): Pod {
  const annotations = annotationsOf(pod);
  const isInjected = (name: string, value: string): boolean =>
    annotations[name] === (injectedAnnotations.get(name) ?? value);
  const injected =
    isInjected(names.prometheusPath, mergedPath) &&
    isInjected(names.prometheusScrape, 'true') &&
    (scrape !== undefined || isInjected(names.prometheusPort, String(statusPort)));
  if (!injected) {
    if (scrape !== undefined) {
      notice({
        code: 'scrape-not-restored',
        message: `annotations ${injectedNames.join(', ')} are not what injection makes of them, going by the configuration at hand; they stay`,
      });
    }
    return pod;
  }
  if (scrape !== undefined && scrape.targets.length > 0) {
    notice({
      code: 'scrape-port-unknown',
      message: `whether there were ${names.prometheusPort} and ${names.prometheusPath} beside ${names.prometheusScrapeTargets}, which overrules them, is not recorded`,
    });
  }
  const bare = injectedNames.reduce(
    (rest, name) => withValueAt(rest, ['metadata', 'annotations', name], undefined),
    pod,
  );
  if (scrape === undefined) return bare;
  return withAnnotations(bare, { ...annotationsOf(bare), ...own(scrape) });
}

function own({ scrape, path, port, targets }: NonNullable<InjectionRecord['scrape']>): TextMap {
  const found: { [name: string]: string } = {};
  if (scrape !== '') found[names.prometheusScrape] = scrape;
  if (targets.length > 0) {
    // Path and port of the record are those of the first target then.
    found[names.prometheusScrapeTargets] = targets
      .map((target) => `${target.port}:${target.path}`)
      .join(',');
    return found;
  }
  if (path !== '') found[names.prometheusPath] = path;
  if (port !== '') found[names.prometheusPort] = port;
  return found;
}
