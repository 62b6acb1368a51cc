/** Reading the injector configuration. Exports: {@link parseInjectorConfig}. */
import { OutriggerError } from '../../errors.ts';
import { parseGoYaml } from '../../goyaml/index.ts';
import type { JsonObject } from '../../json.ts';
import { DecodeError, decode } from '../../merge/index.ts';
import { structSchema } from '../../schema/index.ts';
import type { LabelSelector } from '../types.ts';
import type { InjectorConfig } from './injector-config.ts';
import type { ReadYaml } from './prepared-texts.ts';

/** The configuration as the type table decodes it: whatever was zero or null is gone. */
interface Decoded {
  readonly policy?: string;
  readonly defaultTemplates?: readonly string[];
  readonly templates?: { readonly [name: string]: string };
  readonly aliases?: { readonly [name: string]: readonly string[] };
  readonly neverInjectSelector?: readonly LabelSelector[];
  readonly alwaysInjectSelector?: readonly LabelSelector[];
  readonly injectedAnnotations?: { readonly [name: string]: string };
}

/**
 * Reads the text of key `config` of ConfigMap `istio-sidecar-injector` (YAML; key names in any case, unknown
 * keys ignored, scalars turned into strings where strings are asked for). The chart's key `template` is a
 * trap for injectors of long ago and is not read. Templates are not parsed here.
 *
 * @throws OutriggerError `OUTRIGGER_CONFIG` `failed to unmarshal injection template: …`
 */
export function parseInjectorConfig(
  text: string,
  readYaml: ReadYaml = parseGoYaml,
): InjectorConfig {
  const config: Decoded = decoded(text, readYaml);
  const { defaultTemplates = [] } = config;
  return {
    policy: config.policy ?? '',
    defaultTemplates: defaultTemplates.length === 0 ? ['sidecar'] : defaultTemplates,
    templates: mapOf(config.templates),
    aliases: mapOf(config.aliases),
    neverInjectSelector: config.neverInjectSelector ?? [],
    alwaysInjectSelector: config.alwaysInjectSelector ?? [],
    injectedAnnotations: mapOf(config.injectedAnnotations),
  };
}

function decoded(text: string, readYaml: ReadYaml): JsonObject {
  try {
    return decode(structSchema('InjectorConfig'), readYaml(text), { coerceScalars: true });
  } catch (cause) {
    if (cause instanceof DecodeError) {
      throw refusal('error unmarshaling JSON: while decoding JSON', cause, {
        place: { path: cause.path },
        hint: `look at ${cause.path || 'the top'} of the injector configuration`,
      });
    }
    if (cause instanceof OutriggerError) {
      const { place, hint } = cause;
      throw refusal('error converting YAML to JSON', cause, {
        place,
        ...(hint === undefined ? {} : { hint }),
      });
    }
    throw cause;
  }
}

function refusal(
  during: string,
  cause: Error,
  details: { place: OutriggerError['place']; hint?: string },
): OutriggerError {
  const message = `failed to unmarshal injection template: ${during}: ${cause.message}`;
  return new OutriggerError('OUTRIGGER_CONFIG', message, { ...details, cause });
}

function mapOf<T>(members: { readonly [name: string]: T } | undefined): ReadonlyMap<string, T> {
  return new Map(Object.entries(members ?? {}));
}
