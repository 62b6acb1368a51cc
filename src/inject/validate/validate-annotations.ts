/**
 * Checks the annotations that steer the proxy before anything is rendered
 * (`pkg/kube/inject/validate.go`). Exports: {@link validateAnnotations}, {@link AnnotationFailures}.
 */

import { goQuote } from '../../gotemplate/fmt/go-quote.ts';
import type { JsonObject } from '../../json.ts';
import { multiErrorText, validateProxyConfigAnnotation } from '../../mesh/index.ts';
import { annotations } from '../annotations.ts';
import { parseBool } from '../parse-bool.ts';
import { podAnnotations } from '../pod-metadata.ts';
import { cidrListProblem } from './cidr-list.ts';
import { interfaceListProblem } from './interface-list.ts';
import { parseUint } from './parse-uint.ts';
import { portListProblem, portProblem } from './port-list.ts';
import { quantityProblem } from './quantity.ts';

/** One annotation that cannot be used. */
export interface AnnotationFailure {
  readonly annotation: string;
  readonly value: string;
  /** What is wrong with the value, in upstream's words. */
  readonly detail: string;
}

/** All of a pod's, sorted by name, at least one. */
export interface AnnotationFailures {
  readonly failures: readonly AnnotationFailure[];
  /** All of them in one text, as an admission response carries it (its prefix not included). */
  readonly text: string;
}

/** What is wrong with a value; undefined when nothing is. */
type Check = (value: string) => string | undefined;

const checks: ReadonlyMap<string, Check> = new Map<string, Check>([
  [annotations.interceptionMode, interceptionMode],
  // Upstream names the wrong parameter here; the text is kept because people search for it.
  [annotations.statusPort, named('excludeInboundPorts', portProblem)],
  [annotations.readinessInitialDelaySeconds, uint32],
  [annotations.readinessPeriodSeconds, uint32],
  [annotations.readinessFailureThreshold, uint32],
  [annotations.includeOutboundIPRanges, orStar(named('includeIPRanges', cidrListProblem))],
  [annotations.excludeOutboundIPRanges, named('excludeIPRanges', cidrListProblem)],
  [annotations.includeInboundPorts, orStar(named('includeInboundPorts', portListProblem))],
  [annotations.excludeInboundPorts, named('excludeInboundPorts', portListProblem)],
  [annotations.excludeOutboundPorts, named('excludeOutboundPorts', portListProblem)],
  [annotations.excludeInterfaces, interfaceListProblem],
  [annotations.kubevirtInterfaces, interfaceListProblem],
  [annotations.rerouteVirtualInterfaces, interfaceListProblem],
  [annotations.prometheusMergeMetrics, boolean],
  [annotations.proxyConfig, proxyConfig],
  [annotations.proxyCPU, quantityProblem],
  [annotations.proxyMemory, quantityProblem],
  [annotations.proxyCPULimit, quantityProblem],
  [annotations.proxyMemoryLimit, quantityProblem],
]);

/** Checks all annotations of a pod; undefined when all can be used. Never throws. */
export function validateAnnotations(pod: JsonObject): AnnotationFailures | undefined {
  const found = podAnnotations(pod);
  const failures: AnnotationFailure[] = [];
  for (const annotation of Object.keys(found)) {
    const check = checks.get(annotation);
    if (check === undefined) continue;
    const value = found[annotation] ?? '';
    if (typeof value !== 'string') continue;
    const detail = check(value);
    if (detail !== undefined) failures.push({ annotation, value, detail });
  }
  if (failures.length === 0) return undefined;
  // Upstream's order is random.
  failures.sort((a, b) => (a.annotation < b.annotation ? -1 : 1));
  return {
    failures,
    text: multiErrorText(
      failures.map(
        ({ annotation, value, detail }) =>
          `invalid value '${value}' for annotation '${annotation}': ${detail}`,
      ),
    ),
  };
}

function named(parameter: string, check: Check): Check {
  return (value) => {
    const problem = check(value);
    return problem === undefined ? undefined : `${parameter} invalid: ${problem}`;
  };
}

function orStar(check: Check): Check {
  return (value) => (value === '*' ? undefined : check(value));
}

function interceptionMode(value: string): string | undefined {
  return value === 'REDIRECT' || value === 'TPROXY' || value === 'NONE'
    ? undefined
    : `interceptionMode invalid, use REDIRECT,TPROXY,NONE: ${value}`;
}

function uint32(value: string): string | undefined {
  const parsed = parseUint(value, 32);
  return 'problem' in parsed ? parsed.problem : undefined;
}

function boolean(value: string): string | undefined {
  return parseBool(value) === undefined
    ? `strconv.ParseBool: parsing ${goQuote(value)}: invalid syntax`
    : undefined;
}

/** A text that does not parse is one plain failure, everything else a list inside the list. */
function proxyConfig(value: string): string | undefined {
  const problems = validateProxyConfigAnnotation(value);
  const [first] = problems;
  if (first === undefined) return undefined;
  return first.startsWith('failed to convert to apply proxy config: ')
    ? first
    : multiErrorText(problems);
}
