import type { ErrorPlace } from '../../errors.ts';
import { OutriggerError } from '../../errors.ts';
import { compareUtf8 } from '../../gotemplate/value/utf8.ts';
import { parseGoYaml } from '../../goyaml/index.ts';
import type { JsonValue } from '../../json.ts';
import { isJsonObject } from '../../json.ts';
import { defaultProvidersMessage, meshConfigMessage } from '../descriptor/well-known-messages.ts';
import { readFailure } from '../json/read-failure.ts';
import { readMessage } from '../json/read-message.ts';
import type { Message } from '../message.ts';
import type { ExtensionProvider, MeshConfig } from '../types.ts';
import { meshConfigProblem } from '../validate/mesh-config-problems.ts';
import { defaultMeshConfig } from './default-mesh-config.ts';
import { mergeDirectly } from './merge-proxy-config.ts';

/**
 * Lays a mesh config text over `base` and validates the result (`ApplyMeshConfig` of
 * pkg/config/mesh/mesh.go). Every member given replaces the base's, but `defaultConfig`,
 * `defaultProviders`, `extensionProviders` and `trustDomainAliases` are merged.
 * Throws OutriggerError `OUTRIGGER_MESH`; the base is never changed.
 */
export function applyMeshConfig(
  text: string,
  base: MeshConfig = defaultMeshConfig(),
  readYaml: (text: string) => JsonValue = parseGoYaml,
): MeshConfig {
  const json = attempt('failed to convert to proto. ', () => readYaml(text));
  const read = attempt('failed to convert to proto. ', () =>
    readMessage(meshConfigMessage, json, base),
  );
  const defaultConfig = member(json, 'defaultConfig');
  const defaultProviders = member(json, 'defaultProviders');
  const merged = withoutUnset({
    ...read,
    // Upstream looks for these two by their JSON names alone.
    defaultConfig:
      defaultConfig === null
        ? base.defaultConfig
        : attempt('could not parse proxy config: ', () =>
            mergeDirectly(base.defaultConfig ?? {}, defaultConfig),
          ),
    defaultProviders:
      defaultProviders === null
        ? base.defaultProviders
        : attempt('could not parse default providers: ', () =>
            readMessage<Message>(
              defaultProvidersMessage,
              defaultProviders,
              base.defaultProviders ?? {},
            ),
          ),
    extensionProviders: mergeProviders(base.extensionProviders, read.extensionProviders),
    trustDomainAliases: union(base.trustDomainAliases, read.trustDomainAliases),
  });
  const problem = meshConfigProblem(merged);
  if (problem !== undefined) throw meshError(problem);
  return merged;
}

function member(json: JsonValue, name: string): JsonValue {
  return isJsonObject(json) && Object.hasOwn(json, name) ? (json[name] ?? null) : null;
}

/** A provider of the same name takes the place of the old one, others follow. */
function mergeProviders(
  old: readonly ExtensionProvider[] = [],
  given: readonly ExtensionProvider[] = [],
): readonly ExtensionProvider[] | undefined {
  const providers = [...old];
  for (const provider of given) {
    const at = providers.findIndex((other) => other.name === provider.name);
    if (at < 0) providers.push(provider);
    else providers[at] = provider;
  }
  return providers.length === 0 ? undefined : providers;
}

function union(
  a: readonly string[] = [],
  b: readonly string[] = [],
): readonly string[] | undefined {
  const all = new Set([...a, ...b]);
  return all.size === 0 ? undefined : [...all].sort(compareUtf8);
}

function withoutUnset(members: { [field: string]: unknown }): MeshConfig {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

function attempt<T>(prefix: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { message, place } = readFailure(error);
    throw meshError(prefix + message, place, error);
  }
}

function meshError(message: string, place: ErrorPlace = {}, cause?: unknown): OutriggerError {
  return new OutriggerError('OUTRIGGER_MESH', message, {
    place,
    hint: 'Compare the member with the MeshConfig reference of Istio.',
    cause,
  });
}
