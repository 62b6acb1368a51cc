/** Exports: {@link configurationOf}. */
import type { InjectionConfiguration } from '../inject/config/injection-configuration.ts';
import { sidecarName } from '../inject/container-place.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import type { InjectionRecord } from './injection-record.ts';

/** The configuration, changed to what a pod's record says about the one that it was injected with. */
export function configurationOf(
  record: InjectionRecord,
  configuration: InjectionConfiguration,
): InjectionConfiguration {
  const { values, revision } = configuration;
  const cni = record.initContainers.has('istio-validation');
  return {
    ...configuration,
    nativeSidecars: record.initContainers.has(sidecarName),
    revision: record.revision === '' ? revision : record.revision,
    values: cni ? { ...values, map: withCni(values.map) } : values,
  };
}

function withCni(values: JsonObject): JsonObject {
  const pilot = objectIn(values, 'pilot');
  const cni = objectIn(pilot, 'cni');
  return { ...values, pilot: { ...pilot, cni: { ...cni, enabled: true } } };
}

function objectIn(object: JsonObject, member: string): JsonObject {
  const value = Object.hasOwn(object, member) ? object[member] : undefined;
  return isJsonObject(value) ? value : {};
}
