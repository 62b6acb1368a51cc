import { OutriggerError } from '../../errors.ts';
import type { JsonValue } from '../../json.ts';
import { proxyConfigMessage } from '../descriptor/well-known-messages.ts';
import type { ReadFailure } from '../json/read-failure.ts';
import { readFailure } from '../json/read-failure.ts';
import { readMessage } from '../json/read-message.ts';
import type { Message, StringMap } from '../message.ts';
import type { ProxyConfig } from '../types.ts';
import { PairMemo } from './pair-memo.ts';
import type { ProxyConfigAnnotation } from './proxy-config-annotation.ts';
import { readProxyConfigAnnotation } from './proxy-config-annotation.ts';

/**
 * Lays a proxy config (YAML text, or what it parsed to) directly over `base`: every member given replaces
 * the base's, explicit zeros count, `proxyMetadata` is merged by key (`MergeProxyConfig` of
 * pkg/config/mesh/mesh.go). Throws OutriggerError `OUTRIGGER_MESH` `could not parse proxy config: …`.
 */
export function mergeProxyConfig(base: ProxyConfig, overlay: string | JsonValue): ProxyConfig {
  if (typeof overlay === 'string') {
    const annotation = readProxyConfigAnnotation(overlay);
    if (annotation.failure !== undefined) throw proxyConfigError(annotation.failure);
    return mergedText.get(base, annotation);
  }
  try {
    return mergeDirectly(base, overlay);
  } catch (error) {
    throw proxyConfigError(readFailure(error), error);
  }
}

const mergedText = new PairMemo((base: ProxyConfig, { json }: ProxyConfigAnnotation) =>
  mergeDirectly(base, json),
);

function proxyConfigError({ message, place }: ReadFailure, cause?: unknown): OutriggerError {
  return new OutriggerError('OUTRIGGER_MESH', `could not parse proxy config: ${message}`, {
    place,
    hint: 'Check the members against the ProxyConfig section of the mesh config reference.',
    cause,
  });
}

/** {@link mergeProxyConfig} on JSON. Throws MessageError. */
export function mergeDirectly(base: ProxyConfig, overlay: JsonValue): ProxyConfig {
  return keepPartsOf(base, readMessage(proxyConfigMessage, overlay, base));
}

/**
 * Lays one message over another, as upstream does by writing the upper one as JSON and merging the text
 * directly. What is zero is not written, so it cannot override; in the canonical form it is not even there.
 */
export function mergeLayer(base: ProxyConfig, layer: ProxyConfig): ProxyConfig {
  const merged: { [field: string]: unknown } = { ...base, ...layer };
  for (const field of proxyConfigMessage.fields) {
    if (field.oneof === undefined || layer[field.jsonName] === undefined) continue;
    for (const member of field.oneof.members) {
      if (member !== field) delete merged[member.jsonName];
    }
  }
  return keepPartsOf(base, merged);
}

/** Proxy headers that fall back to the old message's (`correctProxyHeaders`); the others do not. */
const headersThatFallBack = [
  'forwardedClientCert',
  'requestId',
  'attemptCount',
  'server',
  'envoyDebugHeaders',
] as const;

function keepPartsOf(base: ProxyConfig, merged: ProxyConfig): ProxyConfig {
  const parts: { proxyMetadata?: StringMap; proxyHeaders?: Message } = {};
  const metadata = base.proxyMetadata;
  if (metadata !== undefined && merged.proxyMetadata !== metadata) {
    parts.proxyMetadata = Object.assign(Object.create(null), metadata, merged.proxyMetadata);
  }
  const headers = base.proxyHeaders;
  if (
    headers !== undefined &&
    merged.proxyHeaders !== undefined &&
    merged.proxyHeaders !== headers
  ) {
    const kept: { [field: string]: unknown } = { ...merged.proxyHeaders };
    for (const name of headersThatFallBack) {
      if (kept[name] === undefined && headers[name] !== undefined) kept[name] = headers[name];
    }
    parts.proxyHeaders = kept;
  }
  return Object.keys(parts).length === 0 ? merged : { ...merged, ...parts };
}
