import type { Logger } from 'pino';
import { createLogger, type LogStream } from '../../log/logger.ts';
import { createWebhookServer, type WebhookServer } from '../../webhook/server.ts';
import type { CliContext } from '../context.ts';
import { announce } from './announce.ts';
import { chooseCluster } from './choose-cluster.ts';
import { greeting } from './greeting.ts';
import { listenError } from './listen-error.ts';
import { openConfiguration } from './open-configuration.ts';
import type { ServeOptions } from './serve-options.ts';
import { servingCertificate } from './serving-certificate.ts';
import type { ServingConfiguration } from './serving-configuration.ts';
import { stopSignal } from './stop-signals.ts';

/** How long requests under way may take to finish; upstream gives them as much. */
const graceMs = 10_000;

/** How often a server that is starting looks whether it is ready, which is only said. */
const readyCheckMs = 50;

/**
 * Runs the webhook until a signal asks it to stop, and returns when the last request was answered. A second
 * signal ends the process at once.
 *
 * @param open opens the configuration; tests have one of their own
 * @throws OutriggerError when configuration, certificate or kubeconfig are bad, or the address cannot be had
 */
export async function runServer(
  options: ServeOptions,
  context: CliContext,
  open: typeof openConfiguration = openConfiguration,
): Promise<void> {
  const { env } = context;
  const stream = context.stdout as LogStream;
  const logger = createLogger({
    level: options.logLevel,
    format: options.logFormat,
    stream,
    colour: context.colour && stream.isTTY === true,
  });
  const certificate = await servingCertificate(options, env['POD_NAMESPACE'], new Date());
  for (const warning of certificate.warnings) logger.warn(warning);
  const cluster = await chooseCluster(options, env);
  const configuration = await open({ options, env, cluster, logger });
  try {
    const server = createWebhookServer({
      current: () => configuration.current(),
      readiness: () => configuration.readiness(),
      certificate: certificate.pair,
      logger,
    });
    const { host, port } = await listen(server, options);
    const started = {
      host,
      port,
      configuration: configuration.description,
      nativeSidecars: configuration.nativeSidecars,
      certificate: certificate.description,
    };
    const terminal = stream.isTTY === true;
    if (!terminal) logger.info({ ...started, certificateNames: certificate.names }, 'listening');
    const waiting = whenReady(configuration, logger, () => {
      announce(logger, cluster, configuration);
      if (terminal) context.stderr.write(greeting(started));
    });
    await serveUntilStopped(server, logger);
    clearInterval(waiting);
  } finally {
    await configuration.stop();
    cluster?.api.close();
  }
}

/** Says when the configuration is ready, and until then what it waits for whenever that changes. */
function whenReady(
  configuration: ServingConfiguration,
  logger: Logger,
  ready: () => void,
): NodeJS.Timeout | undefined {
  let said = '';
  const look = () => {
    const reasons = configuration.readiness();
    const text = reasons.join('; ');
    if (reasons.length === 0) {
      clearInterval(timer);
      ready();
    } else if (text !== said) {
      said = text;
      logger.info({ reasons }, 'not ready yet');
    }
  };
  const timer = setInterval(look, readyCheckMs);
  timer.unref();
  look();
  return timer;
}

async function serveUntilStopped(server: WebhookServer, logger: Logger): Promise<void> {
  const signal = await stopSignal(process, (again) => {
    logger.warn({ signal: again }, 'stopping at once');
    process.exit(1);
  });
  logger.info({ signal, graceMs }, 'stopping: requests under way are finished');
  await server.stop(graceMs);
  logger.info('stopped');
}

/** Without a host, all addresses of both families, or of IPv4 alone where there is no IPv6. */
async function listen(
  server: WebhookServer,
  { host, port }: ServeOptions,
): Promise<{ host: string; port: number }> {
  const hosts = host === undefined ? ['::', '0.0.0.0'] : [host];
  for (const [index, candidate] of hosts.entries()) {
    try {
      return { host: candidate, port: await server.listen(candidate, port) };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const noSuchFamily = code === 'EAFNOSUPPORT' || code === 'EADDRNOTAVAIL';
      if (!noSuchFamily || index === hosts.length - 1) throw listenError(error, candidate, port);
    }
  }
  throw new Error('there is always a host to try');
}
