import type { Logger } from 'pino';
import type { CertificateSource } from '../../certs/certificate-source.ts';
import { systemClock } from '../../certs/clock.ts';
import {
  type ClientAuthorities,
  openClientAuthorities,
} from '../../certs/start-client-authorities.ts';
import { watchExpiry } from '../../certs/watch-expiry.ts';
import { createLogger, type LogStream } from '../../log/logger.ts';
import { AnswerCache } from '../../webhook/answers/answer-cache.ts';
import { createWebhookServer } from '../../webhook/server.ts';
import type { CliContext } from '../context.ts';
import { announce } from './announce.ts';
import { chooseCluster } from './choose-cluster.ts';
import { greeting } from './greeting.ts';
import { injectionOff } from './injection-off.ts';
import { readSwitches } from './istio-switches.ts';
import { listenOn } from './listen-on.ts';
import { openConfiguration } from './open-configuration.ts';
import { openOperations } from './open-operations.ts';
import type { ServeOptions } from './serve-options.ts';
import { serveUntilStopped, stopTimes } from './serve-until-stopped.ts';
import { openCertificate } from './serving-certificate.ts';
import { settleMemory } from './settle-memory.ts';
import { watchReadiness } from './watch-readiness.ts';

/** MiB: enough for the answers of about a thousand workloads. */
const defaultAnswerCache = 16;

/**
 * Runs the webhook until a signal asks it to stop, and returns when the last request was answered. A second
 * signal ends the process at once.
 *
 * @param open opens the configuration; tests have one of their own
 * @throws OutriggerError when configuration, certificate or kubeconfig are bad, or the address cannot be had
 */
export async function runServer(
  flags: ServeOptions,
  context: CliContext,
  open: typeof openConfiguration = openConfiguration,
): Promise<void> {
  const { env } = context;
  const { options, injects, notes } = readSwitches(flags, env);
  const stream = context.stdout as LogStream;
  const logger = createLogger({
    level: options.logLevel,
    format: options.logFormat,
    stream,
    colour: context.colour && stream.isTTY === true,
  });
  const cluster = await chooseCluster(options, env);
  const operations = await openOperations({ options, env, cluster, logger });
  const { patches } = operations;
  const certificate = await openCertificate({ options, env, cluster, logger, patches });
  for (const warning of [...notes, ...certificate.warnings]) logger.warn(warning);
  const clientAuthorities = await clientAuthoritiesOf(options, logger);
  const configuration = injects
    ? await open({ options, env, cluster, logger, hooks: operations.reloads })
    : injectionOff();
  const background: { stop(): Promise<void> }[] = [configuration, operations];
  try {
    let certificates: CertificateSource | undefined;
    const readiness = () => [...configuration.readiness(), ...(certificates?.readiness() ?? [])];
    const answers = createAnswerCache(options);
    const server = createWebhookServer({
      answers,
      current: () => configuration.current(),
      readiness,
      certificate: certificate.pair,
      clientAuthorities: clientAuthorities?.pem,
      recorder: operations.requests,
      logger,
    });
    certificates = certificate.keepFresh?.((pair) => server.setCertificate(pair));
    if (certificates !== undefined) background.push(certificates);
    if (clientAuthorities !== undefined) {
      background.push(clientAuthorities.keepFresh((pem) => server.setClientAuthorities(pem)));
    }
    const certificateStatus = () =>
      certificates?.status() ?? { serving: certificate.validity, authority: undefined };
    const metricsPort = await operations.serve({
      readiness: () => server.readiness(),
      answers: () => answers?.status(),
      configuration: () => configuration.status().configuration,
      followed: () => configuration.status().followed,
      certificate: certificateStatus,
    });
    const endExpiry = watchExpiry(certificateStatus, { clock: systemClock, logger });
    background.push({ stop: async () => endExpiry() });
    const { host, port } = await listenOn(server, options.host, options.port);
    const started = {
      host,
      port,
      metricsPort,
      configuration: configuration.description,
      nativeSidecars: configuration.nativeSidecars,
      certificate: certificate.description,
    };
    const terminal = stream.isTTY === true;
    if (!terminal) logger.info({ ...started, certificateNames: certificate.names }, 'listening');
    // Whoever reads that we are ready may send a signal the next moment.
    const stopped = serveUntilStopped(server, stopTimes(options, env), logger);
    const endWatch = watchReadiness(readiness, logger, () => {
      settleMemory(context);
      if (injects) announce(logger, cluster, configuration);
      else logger.info('ready, and every pod is let through as it is');
      // Somebody sits there, or ran `npm start` to see it work; in a pod there is neither.
      if (terminal || env['npm_lifecycle_event'] === 'start') {
        context.stderr.write(greeting(started));
      }
    });
    background.push({ stop: async () => endWatch() });
    await stopped;
  } finally {
    await Promise.all(background.map((part) => part.stop()));
    cluster?.api.close();
  }
}

function createAnswerCache({
  answerCache = defaultAnswerCache,
}: ServeOptions): AnswerCache | undefined {
  // A character takes a byte, as long as all of a text are Latin.
  return answerCache === 0 ? undefined : new AnswerCache(answerCache * 1024 * 1024);
}

async function clientAuthoritiesOf(
  { clientCAFile }: ServeOptions,
  logger: Logger,
): Promise<ClientAuthorities | undefined> {
  return clientCAFile === undefined ? undefined : openClientAuthorities(clientCAFile, logger);
}
