import type { Logger } from 'pino';
import { createLogger, type LogStream } from '../../log/logger.ts';
import { createWebhookServer, type WebhookServer } from '../../webhook/server.ts';
import type { CliContext } from '../context.ts';
import { greeting } from './greeting.ts';
import { listenError } from './listen-error.ts';
import type { LoadedInjector } from './loaded-injector.ts';
import type { ServeOptions } from './serve-options.ts';
import { servingCertificate } from './serving-certificate.ts';
import { stopSignal } from './stop-signals.ts';

/** How long requests under way may take to finish; upstream gives them as much. */
const graceMs = 10_000;

/**
 * Runs the webhook until a signal asks it to stop, and returns when the last request was answered. A second
 * signal ends the process at once.
 *
 * @param load reads the configuration that the flags name
 * @throws OutriggerError when the configuration or the certificate is bad, or the address cannot be had
 */
export async function runServer(
  options: ServeOptions,
  context: CliContext,
  load: (options: ServeOptions, context: CliContext) => Promise<LoadedInjector>,
): Promise<void> {
  const stream = context.stdout as LogStream;
  const logger = createLogger({
    level: options.logLevel,
    format: options.logFormat,
    stream,
    colour: context.colour && stream.isTTY === true,
  });
  const certificate = await servingCertificate(options, context.env['POD_NAMESPACE'], new Date());
  const loaded = await load(options, context);
  for (const warning of [...certificate.warnings, ...loaded.warnings]) logger.warn(warning);

  const server = createWebhookServer({
    current: () => loaded.injector,
    certificate: certificate.pair,
    logger,
  });
  const { host, port } = await listen(server, options);
  const { description: configuration, nativeSidecars } = loaded;
  const started = {
    host,
    port,
    configuration,
    nativeSidecars,
    certificate: certificate.description,
  };
  if (stream.isTTY === true) context.stderr.write(greeting(started));
  else logger.info({ ...started, certificateNames: certificate.names }, 'listening');
  await serveUntilStopped(server, logger);
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
