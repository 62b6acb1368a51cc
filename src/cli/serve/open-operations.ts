/**
 * What people who run the server go by: metrics, health beside the webhook, and Events. Exports:
 * {@link openOperations}, {@link Operations}.
 */
import type { Logger } from 'pino';
import type { PatchRecorder } from '../../certs/bundle/bundle-keeper.ts';
import { eventsOfReloads } from '../../events/configuration-events.ts';
import { createEventWriter, type EventWriter } from '../../events/event-writer.ts';
import { eventsOfReviews } from '../../events/review-events.ts';
import type { ClusterConnection } from '../../kube/connect.ts';
import type { MetricsServer } from '../../metrics/metrics-server.ts';
import type { ServingMetrics } from '../../metrics/serving-metrics.ts';
import type { ServerState } from '../../metrics/state-metrics.ts';
import { packageInfo } from '../../package.ts';
import type { ConfigurationHooks } from '../../serving/configuration-holder.ts';
import { noRecorder, type ReviewRecorder, recordToAll } from '../../webhook/review-recorder.ts';
import type { CliContext } from '../context.ts';
import { listenOn } from './listen-on.ts';
import type { ServeOptions } from './serve-options.ts';

/** Where Istio's control plane has its metrics, too. */
const defaultMetricsPort = 15014;

/** What has to be told about what happens. */
export interface Operations {
  /** Told about every request. */
  readonly requests: ReviewRecorder;
  /** Told about every reload. */
  readonly reloads: ConfigurationHooks;
  /** Told about repairs of `caBundle`. */
  readonly patches: PatchRecorder | undefined;
  /**
   * Serves metrics and health from now on.
   *
   * @returns the port in use; undefined when there is none
   * @throws OutriggerError when the port that was asked for cannot be had
   */
  serve(state: ServerState): Promise<number | undefined>;
  stop(): Promise<void>;
}

/** Opens what the flags ask for. Nothing is served yet. */
export async function openOperations({
  options,
  env,
  cluster,
  logger,
}: {
  readonly options: ServeOptions;
  readonly env: CliContext['env'];
  readonly cluster: ClusterConnection | undefined;
  readonly logger: Logger;
}): Promise<Operations> {
  let state: ServerState | undefined;
  const metrics =
    options.metricsPort === 0 ? undefined : await createMetrics(() => state ?? nothingKnown);
  const events = createEvents(options, env, cluster, logger, metrics);
  let server: MetricsServer | undefined;
  const recorders = [metrics?.requests, events && eventsOfReviews((event) => events.write(event))];
  const hooks = [metrics?.reloads, events && eventsOfReloads((event) => events.write(event))];
  return {
    requests: recordToAll(recorders.map((recorder) => recorder ?? noRecorder)),
    reloads: {
      accepted(inForce) {
        for (const hook of hooks) hook?.accepted?.(inForce);
      },
      refused(refusal) {
        for (const hook of hooks) hook?.refused?.(refusal);
      },
    },
    patches: metrics?.patches,
    async serve(actual) {
      state = actual;
      if (metrics === undefined) return undefined;
      const { createMetricsServer } = await import('../../metrics/metrics-server.ts');
      const { contentType } = metrics;
      const { readiness } = actual;
      server = createMetricsServer({
        readiness,
        contentType,
        text: () => metrics.text(),
        requests: () => metrics.requests.total(),
      });
      return listenForMetrics(server, options, logger);
    },
    async stop() {
      await Promise.all([server?.stop(), events?.stop()]);
    },
  };
}

async function createMetrics(state: () => ServerState): Promise<ServingMetrics> {
  // The library is of no use to a server without metrics.
  const { createServingMetrics } = await import('../../metrics/serving-metrics.ts');
  return createServingMetrics(packageInfo().version, {
    readiness: () => state().readiness(),
    answers: () => state().answers(),
    configuration: () => state().configuration(),
    followed: () => state().followed(),
    certificate: () => state().certificate(),
  });
}

const nothingKnown: ServerState = {
  readiness: () => ['the server is starting'],
  answers: () => undefined,
  configuration: () => undefined,
  followed: () => [],
  certificate: () => undefined,
};

function createEvents(
  { events = true }: ServeOptions,
  env: CliContext['env'],
  cluster: ClusterConnection | undefined,
  logger: Logger,
  metrics: ServingMetrics | undefined,
): EventWriter | undefined {
  if (!events || cluster === undefined) return undefined;
  return createEventWriter({
    api: cluster.api,
    logger,
    reporter: env['POD_NAME'] ?? 'outrigger',
    ...(metrics !== undefined && { counted: metrics.events }),
  });
}

/** A port that nobody asked for is no reason not to serve, as for a second server on one machine. */
async function listenForMetrics(
  server: MetricsServer,
  { host, metricsPort }: ServeOptions,
  logger: Logger,
): Promise<number | undefined> {
  try {
    const { port } = await listenOn(
      server,
      host,
      metricsPort ?? defaultMetricsPort,
      '--metrics-port',
    );
    return port;
  } catch (error) {
    if (metricsPort !== undefined) throw error;
    logger.warn(
      { error: error instanceof Error ? error.message : String(error) },
      'there are no metrics, nor health over plain HTTP; choose another port with --metrics-port',
    );
    return undefined;
  }
}
