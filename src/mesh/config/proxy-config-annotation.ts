import { parseGoYaml } from '../../goyaml/index.ts';
import type { JsonValue } from '../../json.ts';
import { proxyConfigMessage } from '../descriptor/well-known-messages.ts';
import type { ReadFailure } from '../json/read-failure.ts';
import { readFailure } from '../json/read-failure.ts';
import { readMessage } from '../json/read-message.ts';
import type { ProxyConfig } from '../types.ts';
import { proxyConfigProblems } from '../validate/proxy-config-problems.ts';
import { defaultProxyConfig } from './default-proxy-config.ts';

/** What the text of a `proxy.istio.io/config` annotation means, wherever it stands. */
export interface ProxyConfigAnnotation {
  /** The members that it sets; undefined when it cannot be read. */
  readonly layer: ProxyConfig | undefined;
  /** Why it cannot be read. */
  readonly failure: ReadFailure | undefined;
  /** What it parsed to; null when it cannot be read. */
  readonly json: JsonValue;
  /** What is wrong with the built-in proxy config once it is laid over it. */
  readonly problems: readonly string[];
}

/**
 * Pods of one workload carry the same text, so that reading it again for each would be most of the work
 * that a proxy config costs. The bounds keep a hostile namespace from filling the memory.
 */
const memo = new Map<string, ProxyConfigAnnotation>();
const memoEntries = 256;
const memoTextLength = 8192;

/** Reads the text of an annotation, or finds it read already. Never throws. */
export function readProxyConfigAnnotation(text: string): ProxyConfigAnnotation {
  const known = memo.get(text);
  if (known !== undefined) return known;
  const annotation = read(text);
  if (text.length <= memoTextLength) {
    if (memo.size >= memoEntries) {
      const [oldest] = memo.keys();
      if (oldest !== undefined) memo.delete(oldest);
    }
    memo.set(text, annotation);
  }
  return annotation;
}

function read(text: string): ProxyConfigAnnotation {
  try {
    const json = parseGoYaml(text);
    const layer = readMessage<ProxyConfig>(proxyConfigMessage, json, {});
    const whole = readMessage(proxyConfigMessage, json, defaultProxyConfig());
    return { layer, failure: undefined, json, problems: proxyConfigProblems(whole) };
  } catch (error) {
    return { layer: undefined, failure: readFailure(error), json: null, problems: [] };
  }
}
