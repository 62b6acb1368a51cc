import { Counter, Gauge, type Registry } from 'prom-client';
import type { CertificateStatus } from '../certs/certificate-source.ts';
import type { FollowStatus } from '../kube/followed.ts';
import type { ConfigurationHooks, ConfigurationStatus } from '../serving/configuration-holder.ts';
import type { AnswerCacheStatus } from '../webhook/answers/answer-cache.ts';

/** The state of a server at the moment. Asked for whenever metrics are read; cheap, and without side effects. */
export interface ServerState {
  /** Why requests should not come; empty when they should. */
  readiness(): readonly string[];
  /** Undefined where answers are not kept. */
  answers(): AnswerCacheStatus | undefined;
  configuration(): ConfigurationStatus | undefined;
  /** Everything of the cluster that is followed. */
  followed(): readonly FollowStatus[];
  certificate(): CertificateStatus | undefined;
}

/** Gauges about configuration, certificate, watches and readiness. Times are Unix times in seconds. */
export function installStateMetrics(register: Registry, state: ServerState): void {
  gauge(register, 'outrigger_ready', '1 when the server should get requests, else 0.', () =>
    state.readiness().length === 0 ? 1 : 0,
  );
  installConfigurationMetrics(register, state);
  installAnswerCacheMetrics(register, state);
  gauge(
    register,
    'outrigger_certificate_not_after_seconds',
    'When the serving certificate expires.',
    () => unixTime(state.certificate()?.serving?.notAfter),
  );
  gauge(
    register,
    'outrigger_certificate_authority_not_after_seconds',
    'When the certificate authority expires, where it is our own.',
    () => unixTime(state.certificate()?.authority?.notAfter),
  );
  installWatchMetrics(register, state);
}

function installConfigurationMetrics(register: Registry, state: ServerState): void {
  new Gauge({
    name: 'outrigger_configuration_info',
    help: 'The configuration in force: SHA-256 of its texts, and the revision.',
    labelNames: ['hash', 'revision'],
    registers: [register],
    collect() {
      this.reset();
      const configuration = state.configuration()?.inForce?.configuration;
      if (configuration === undefined) return;
      const { hash, revision } = configuration;
      this.set({ hash, revision: revision || 'default' }, 1);
    },
  });
  gauge(
    register,
    'outrigger_configuration_loaded_timestamp_seconds',
    'When the configuration in force took over.',
    () => unixTime(state.configuration()?.inForce?.since),
  );
  gauge(
    register,
    'outrigger_configuration_last_reload_timestamp_seconds',
    'When a configuration was last taken over or refused.',
    () => unixTime(state.configuration()?.lastReload?.at),
  );
  gauge(
    register,
    'outrigger_configuration_last_reload_successful',
    '0 while what the sources say is refused and an older configuration stays in force, else 1.',
    () => {
      const configuration = state.configuration();
      if (configuration?.lastReload === undefined) return undefined;
      return configuration.lastReload.ok && configuration.refusals.length === 0 ? 1 : 0;
    },
  );
}

function installAnswerCacheMetrics(register: Registry, state: ServerState): void {
  new Counter({
    name: 'outrigger_answer_cache_requests_total',
    help: 'Reviews that were looked for among the answers that are kept.',
    labelNames: ['result'],
    registers: [register],
    collect() {
      this.reset();
      const { hits = 0, misses = 0 } = state.answers() ?? {};
      this.inc({ result: 'hit' }, hits);
      this.inc({ result: 'miss' }, misses);
    },
  });
  gauge(
    register,
    'outrigger_answer_cache_answers',
    'Answers that are kept for other replicas of the same workload.',
    () => state.answers()?.answers ?? 0,
  );
  gauge(
    register,
    'outrigger_answer_cache_size_characters',
    'What these answers and the texts of their questions take.',
    () => state.answers()?.size ?? 0,
  );
}

function installWatchMetrics(register: Registry, { followed }: ServerState): void {
  const perResource = (
    name: string,
    help: string,
    read: (status: FollowStatus) => number | undefined,
  ) =>
    new Gauge({
      name,
      help,
      labelNames: ['resource'],
      registers: [register],
      collect() {
        this.reset();
        for (const status of followed()) {
          const value = read(status);
          if (value !== undefined) this.set({ resource: status.resource }, value);
        }
      },
    });
  perResource(
    'outrigger_watch_silence_seconds',
    'Time since the API server last gave a sign of life about a resource; it does every minute.',
    ({ silentMs }) => (silentMs === undefined ? undefined : silentMs / 1000),
  );
  perResource(
    'outrigger_watch_healthy',
    '1 when a resource has been read and can be read, else 0.',
    ({ synced, problem }) => (synced && problem === undefined ? 1 : 0),
  );
  new Counter({
    name: 'outrigger_watch_stalls_total',
    help: 'How often a watch was given up because nothing came.',
    labelNames: ['resource'],
    registers: [register],
    collect() {
      this.reset();
      for (const { resource, stalls } of followed()) this.inc({ resource }, stalls);
    },
  });
}

/** Counts reloads of the configuration, by their result. */
export function createReloadMetrics(register: Registry): ConfigurationHooks {
  const reloads = new Counter({
    name: 'outrigger_configuration_reloads_total',
    help: 'Configurations that were taken over, and those that were refused.',
    labelNames: ['result', 'part'],
    registers: [register],
  });
  return {
    accepted: () => reloads.inc({ result: 'accepted', part: 'all' }),
    refused: ({ part }) => reloads.inc({ result: 'refused', part }),
  };
}

/** A gauge without labels that is read when it is asked for, and absent while there is no value. */
function gauge(
  register: Registry,
  name: string,
  help: string,
  read: () => number | undefined,
): void {
  new Gauge({
    name,
    help,
    registers: [register],
    collect() {
      const value = read();
      // Without labels the library would show a zero, which is a date long ago.
      if (value === undefined) this.remove();
      else this.set(value);
    },
  });
}

function unixTime(date: Date | undefined): number | undefined {
  return date === undefined ? undefined : date.getTime() / 1000;
}
