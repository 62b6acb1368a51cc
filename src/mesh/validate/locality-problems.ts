import type { Message } from '../message.ts';

/** The members of LocalityLoadBalancerSetting that the checks read; absent is empty. */
interface LocalitySetting extends Message {
  readonly distribute?: readonly {
    readonly from?: string;
    readonly to?: { readonly [locality: string]: number };
  }[];
  readonly failover?: readonly { readonly from?: string; readonly to?: string }[];
  readonly failoverPriority?: readonly string[];
}

const topologyLabels: ReadonlySet<string> = new Set([
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
  'topology.istio.io/subzone',
]);

/**
 * What is wrong with the mesh-wide locality load balancing (`ValidateLocalityLbSetting` of
 * pkg/config/validation/agent/validation.go). Some faults hide all that would follow.
 */
export function localityProblems(setting: Message | undefined): readonly string[] {
  const {
    distribute = [],
    failover = [],
    failoverPriority = [],
  } = (setting ?? {}) as LocalitySetting;
  if (distribute.length > 0 && failover.length > 0) {
    return ["can not simultaneously specify 'distribute' and 'failover'"];
  }
  const label = failoverPriority.find((name) => topologyLabels.has(name));
  if (failover.length > 0 && label !== undefined) {
    return [
      `can not simultaneously set 'failover' and topology label '${label}' in 'failover_priority'`,
    ];
  }
  const problems: string[] = [];
  for (const { to = {} } of distribute) {
    const weights = Object.values(to);
    if (weights.some((weight) => weight <= 0 || weight > 100)) {
      return [...problems, 'locality weight must be in range [1, 100]'];
    }
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    if (total !== 100) return [...problems, `total locality weight ${total} != 100`];
    problems.push(...overlapProblem(Object.keys(to)));
  }
  problems.push(...overlapProblem(distribute.map(({ from = '' }) => from)));
  for (const { from = '', to = '' } of failover) {
    if (from === to) problems.push('locality lb failover settings must specify different regions');
    if (`${from}${to}`.includes('/')) problems.push('locality lb failover only specify region');
    if (`${from}${to}`.includes('*')) {
      problems.push("locality lb failover region should not contain '*' wildcard");
    }
  }
  return problems;
}

/** The first locality that is malformed or lies within one before it, or the other way round. */
function overlapProblem(localities: readonly string[]): readonly string[] {
  const seen: string[][] = [];
  for (const locality of localities) {
    const stars = locality.split('*').length - 1;
    if (stars > 1 || (stars === 1 && !locality.endsWith('*'))) {
      return [`locality ${locality} wildcard '*' number can not exceed 1 and must be in the end`];
    }
    const parts = splitLocality(locality);
    if (parts.includes('')) {
      return [`locality ${locality} must not contain empty region/zone/subzone info`];
    }
    if (seen.some((other) => overlap(other, parts))) {
      return [`locality ${locality} overlap with previous specified ones`];
    }
    seen.push(parts);
  }
  return [];
}

/** Region, zone and the rest. */
function splitLocality(locality: string): string[] {
  const [region = '', zone, ...rest] = locality.split('/');
  if (zone === undefined) return [region];
  return rest.length === 0 ? [region, zone] : [region, zone, rest.join('/')];
}

/** A missing or star part of the earlier one, or a missing part of the later one, covers everything. */
function overlap(earlier: readonly string[], later: readonly string[]): boolean {
  for (let at = 0; at < 3; at++) {
    const before = earlier[at];
    const after = later[at];
    if (before === undefined || before === '*' || after === undefined) return true;
    if (before !== after) return false;
  }
  return true;
}
