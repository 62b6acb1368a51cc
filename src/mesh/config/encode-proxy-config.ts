import { proxyConfigMessage } from '../descriptor/well-known-messages.ts';
import { writeMessage } from '../json/write-message.ts';
import type { Duration } from '../message.ts';
import type { ProxyConfig } from '../types.ts';
import { defaultProxyConfig } from './default-proxy-config.ts';

/** A text is needed for every pod, and most pods share one proxy config. */
const texts = new WeakMap<ProxyConfig, string>();

/**
 * JSON text of a proxy config without the members that equal the built-in defaults: the `PROXY_CONFIG` of
 * the sidecar (`protoToJSON` of pkg/kube/inject/template.go).
 */
export function encodeProxyConfigWithoutDefaults(message: ProxyConfig): string {
  let text = texts.get(message);
  if (text === undefined) {
    text = writeMessage(proxyConfigMessage, withoutDefaults(message));
    texts.set(message, text);
  }
  return text;
}

function withoutDefaults(message: ProxyConfig): ProxyConfig {
  const rest: { [field: string]: unknown } = { ...message };
  for (const [name, value] of Object.entries(defaultProxyConfig())) {
    if (sameLeaf(rest[name], value)) delete rest[name];
  }
  return rest;
}

/** The defaults are scalars and durations. */
function sameLeaf(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return a === b;
  const left = a as Duration;
  const right = b as Duration;
  return left.seconds === right.seconds && left.nanos === right.nanos;
}
