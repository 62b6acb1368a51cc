/** Members of a configuration that nothing reads. Exports: {@link unknownMeshFields}, {@link unknownConfigFields}. */
import { isJsonObject, type JsonValue } from '../json.ts';
import type { FieldDescriptor, MessageDescriptor } from '../mesh/descriptor/descriptor.ts';
import { meshConfigMessage } from '../mesh/descriptor/well-known-messages.ts';
import { structSchema } from '../schema/index.ts';
import type { UnknownValue } from '../settings/known-values.ts';
import { nearestName } from '../settings/nearest-name.ts';
import type { ValuePath } from '../settings/value-path.ts';

/** Those of a mesh configuration: the injector passes over them without a word, as Istio does. */
export function unknownMeshFields(config: JsonValue): readonly UnknownValue[] {
  return [...unknownIn(config, meshConfigMessage, [])];
}

function* unknownIn(
  value: JsonValue,
  message: MessageDescriptor,
  path: ValuePath,
): Generator<UnknownValue> {
  if (!isJsonObject(value)) return;
  for (const [name, member] of Object.entries(value)) {
    const inner = [...path, name];
    const field = message.fields.find(
      ({ jsonName, protoName }) => jsonName === name || protoName === name,
    );
    if (field !== undefined) yield* unknownBelow(member, field, inner);
    else yield { path: inner, suggestion: nearestName(name, names(message)) };
  }
}

function* unknownBelow(
  value: JsonValue,
  { label, type }: FieldDescriptor,
  path: ValuePath,
): Generator<UnknownValue> {
  if (type.kind !== 'message') return;
  if (label === 'list') {
    for (const [at, item] of (Array.isArray(value) ? value : []).entries()) {
      yield* unknownIn(item, type.message, [...path, at]);
    }
  } else if (label === 'map') {
    for (const [key, item] of Object.entries(isJsonObject(value) ? value : {})) {
      yield* unknownIn(item, type.message, [...path, key]);
    }
  } else yield* unknownIn(value, type.message, path);
}

function names({ fields }: MessageDescriptor): string[] {
  return fields.map(({ jsonName }) => jsonName);
}

/** Those of an injector configuration, at its top. */
export function unknownConfigFields(config: JsonValue): readonly UnknownValue[] {
  if (!isJsonObject(config)) return [];
  const known = [...structSchema('InjectorConfig').byName.keys()];
  // Go's decoder takes names in any case; the chart's `template` is there for injectors of long ago.
  const readable = new Set(['template', ...known.map((name) => name.toLowerCase())]);
  return Object.keys(config)
    .filter((name) => !readable.has(name.toLowerCase()))
    .map((name) => ({ path: [name], suggestion: nearestName(name, known) }));
}
