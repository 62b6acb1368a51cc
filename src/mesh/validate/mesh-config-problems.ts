import { formatGoDuration, nanoseconds } from '../json/go-duration.ts';
import type { Duration, Message } from '../message.ts';
import type { MeshConfig } from '../types.ts';
import { trustDomainProblem, wildcardDomainProblem } from './domain-name.ts';
import { durationProblem } from './duration-problem.ts';
import { localityProblems } from './locality-problems.ts';
import type { Problem } from './multi-error.ts';
import { joinProblems } from './multi-error.ts';
import { portProblem } from './network-address.ts';
import { proxyConfigProblems } from './proxy-config-problems.ts';

const millisecond = 1_000_000n;
const hour = 3_600_000_000_000n;

/**
 * Why a mesh config cannot be used, one text in upstream's words (`ValidateMeshConfig` of
 * pkg/config/validation/agent/validation.go); undefined when it can.
 */
export function meshConfigProblem(mesh: MeshConfig): string | undefined {
  const problems: Problem[] = [];
  const plain = (prefix: string, problem: string | undefined) => {
    if (problem !== undefined) problems.push({ kind: 'plain', text: prefix + problem });
  };
  const list = (texts: readonly string[]) => problems.push({ kind: 'list', texts });

  plain('invalid proxy listen port: ', portProblem(mesh.proxyListenPort ?? 0));
  plain('invalid connect timeout: ', connectTimeoutProblem(mesh.connectTimeout));
  plain('invalid protocol detection timeout: ', detectionProblem(mesh.protocolDetectionTimeout));
  if (mesh.defaultConfig === undefined) plain('', 'missing default config');
  else list(proxyConfigProblems(mesh.defaultConfig));
  for (const problem of localityProblems(mesh['localityLbSetting'] as Message | undefined)) {
    plain('', problem);
  }
  list(serviceSettingsProblems(mesh));
  list(trustDomainProblems(mesh));
  const meshTls = mesh['meshMTLS'] as Message | undefined;
  if (meshTls?.['ecdhCurves'] !== undefined) {
    list(['mesh TLS does not support ECDH curves configuration']);
  }
  return joinProblems(problems);
}

function connectTimeoutProblem(timeout: Duration | undefined): string | undefined {
  const problem = durationProblem(timeout);
  if (problem !== undefined || timeout === undefined) return problem;
  return nanoseconds(timeout) > hour
    ? `time ${formatGoDuration(timeout)} must be >1ms and <1h0m0s`
    : undefined;
}

/** Zero turns the detection off. */
function detectionProblem(timeout: Duration | undefined): string | undefined {
  return timeout !== undefined && nanoseconds(timeout) % millisecond !== 0n
    ? 'only durations to ms precision are supported'
    : undefined;
}

function serviceSettingsProblems(mesh: MeshConfig): readonly string[] {
  const settings = (mesh['serviceSettings'] ?? []) as readonly { hosts?: readonly string[] }[];
  return settings.flatMap(({ hosts = [] }, at) =>
    hosts.flatMap((host) => {
      const problem = wildcardDomainProblem(host);
      return problem === undefined ? [] : [`serviceSettings[${at}], host \`${host}\`: ${problem}`];
    }),
  );
}

function trustDomainProblems(mesh: MeshConfig): readonly string[] {
  const problems: string[] = [];
  const own = trustDomainProblem(mesh.trustDomain ?? '');
  if (own !== undefined) problems.push(`trustDomain: ${own}`);
  for (const [at, alias] of (mesh.trustDomainAliases ?? []).entries()) {
    const problem = trustDomainProblem(alias);
    if (problem !== undefined) {
      problems.push(`trustDomainAliases[${at}], domain \`${alias}\` : ${problem}`);
    }
  }
  return problems;
}
