import { goQuote } from '../../gotemplate/fmt/go-quote.ts';
import { proxyConfigMessage } from '../descriptor/well-known-messages.ts';
import { nanoseconds } from '../json/go-duration.ts';
import type { Duration, Message } from '../message.ts';
import type { ProxyConfig } from '../types.ts';
import { authenticationPolicy } from '../types.ts';
import { connectionProblems } from './connection-problems.ts';
import { durationProblem } from './duration-problem.ts';
import { addressProblem, portProblem } from './network-address.ts';
import { tlsProblems } from './tls-problems.ts';

const secondInNanos = 1_000_000_000n;

/**
 * What is wrong with a proxy config, in upstream's words and order (`ValidateMeshConfigProxyConfig` of
 * pkg/config/validation/agent/validation.go); empty when nothing is.
 */
export function proxyConfigProblems(config: ProxyConfig): readonly string[] {
  const problems: string[] = [];
  const add = (prefix: string, problem: string | undefined) => {
    if (problem !== undefined) problems.push(prefix === '' ? problem : `${prefix} ${problem}`);
  };
  if (!config.configPath) add('', 'config path must be set');
  if (!config.binaryPath) add('', 'binary path must be set');
  add('', clusterNameProblem(config));
  add('', drainDurationProblem(config.drainDuration));
  if (!config.discoveryAddress) {
    add('', 'discovery address must be set to the proxy discovery service');
  } else {
    add('invalid discovery address:', addressProblem(config.discoveryAddress));
  }
  if (config.tracing !== undefined) problems.push(...tracingProblems(config.tracing));
  for (const [label, address] of serviceAddresses(config)) {
    if (address) add(`invalid ${label} ${goQuote(address)}:`, addressProblem(address));
  }
  add('invalid proxy admin port:', portProblem(config.proxyAdminPort ?? 0));
  add('invalid authentication policy:', policyProblem(config.controlPlaneAuthPolicy ?? 0));
  add('invalid status port:', portProblem(config.statusPort ?? 0));
  if (config.privateKeyProvider !== undefined) {
    for (const problem of privateKeyProblems(config.privateKeyProvider)) {
      add('invalid private key provider configuration:', problem);
    }
  }
  if (config.connectionSettings !== undefined) {
    for (const problem of connectionProblems(config.connectionSettings)) {
      add('invalid connection settings:', problem);
    }
  }
  return problems;
}

function clusterNameProblem(config: ProxyConfig): string | undefined {
  if (config.serviceCluster === '') return 'service cluster must be specified';
  return config.serviceCluster === undefined && config.tracingServiceName === undefined
    ? 'oneof service cluster or tracing service name must be specified'
    : undefined;
}

function drainDurationProblem(duration: Duration | undefined): string | undefined {
  const problem = durationProblem(duration);
  if (problem !== undefined) return `invalid drain duration: ${problem}`;
  return duration !== undefined && nanoseconds(duration) % secondInNanos !== 0n
    ? 'drain time only supports durations to seconds precision'
    : undefined;
}

function* serviceAddresses(config: ProxyConfig): Iterable<[string, string | undefined]> {
  yield ['statsd udp address', config.statsdUdpAddress];
  yield ['envoy metrics service address', config.envoyMetricsServiceAddress];
  yield ['envoy metrics service address', text(config.envoyMetricsService, 'address')];
  yield ['envoy access log service address', text(config.envoyAccessLogService, 'address')];
}

function tracingProblems(tracing: Message): readonly string[] {
  const problems: string[] = [];
  const lightstep = message(tracing, 'lightstep');
  if (lightstep !== undefined) {
    const address = text(lightstep, 'address') ?? '';
    if (address === '') problems.push('invalid lightstep config: address is required');
    const problem = addressProblem(address);
    if (problem !== undefined) {
      problems.push(`invalid lightstep config: invalid lightstep address: ${problem}`);
    }
    if (!text(lightstep, 'accessToken')) {
      problems.push('invalid lightstep config: access token is required');
    }
  }
  for (const name of ['zipkin', 'datadog']) {
    const tracer = message(tracing, name);
    if (tracer === undefined) continue;
    // The kubelet puts the address of the node there later.
    const problem = addressProblem(
      (text(tracer, 'address') ?? '').replace('$(HOST_IP)', '127.0.0.1'),
    );
    if (problem !== undefined) problems.push(`invalid ${name} config: ${problem}`);
  }
  const tls = message(tracing, 'tlsSettings');
  if (tls !== undefined) {
    problems.push(...tlsProblems(tls).map((problem) => `invalid tracing TLS config: ${problem}`));
  }
  return problems;
}

const policyNames = proxyConfigMessage.fields.find(
  (field) => field.jsonName === 'controlPlaneAuthPolicy',
)?.type;

function policyProblem(policy: number): string | undefined {
  if (policy === authenticationPolicy.NONE || policy === authenticationPolicy.MUTUAL_TLS) {
    return undefined;
  }
  const name = policyNames?.kind === 'enum' ? policyNames.enum.names.get(policy) : undefined;
  return `unrecognized control plane auth policy "${name ?? policy}"`;
}

function privateKeyProblems(provider: Message): readonly string[] {
  const settings = message(provider, 'cryptomb') ?? message(provider, 'qat');
  if (settings === undefined) {
    return ['private key provider configuration is required', 'unknown private key provider'];
  }
  const delay = settings['pollDelay'] as Duration | undefined;
  if (delay === undefined) return ['pollDelay is required'];
  return delay.seconds === 0 && delay.nanos === 0 ? ['pollDelay must be non zero'] : [];
}

function message(of: Message, name: string): Message | undefined {
  return of[name] as Message | undefined;
}

function text(of: Message | undefined, name: string): string | undefined {
  return of?.[name] as string | undefined;
}
