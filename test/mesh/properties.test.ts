import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OutriggerError } from '../../src/errors.ts';
import type { JsonValue } from '../../src/json.ts';
import { mergeLayer } from '../../src/mesh/config/merge-proxy-config.ts';
import type {
  FieldDescriptor,
  MessageDescriptor,
  ValueType,
} from '../../src/mesh/descriptor/descriptor.ts';
import {
  meshConfigMessage,
  proxyConfigMessage,
} from '../../src/mesh/descriptor/well-known-messages.ts';
import {
  applyMeshConfig,
  defaultProxyConfig,
  effectiveProxyConfig,
  encodeProxyConfigWithoutDefaults,
  mergeProxyConfig,
  parseValues,
  validateProxyConfigAnnotation,
} from '../../src/mesh/index.ts';
import { readMessage } from '../../src/mesh/json/read-message.ts';
import { writeMessage } from '../../src/mesh/json/write-message.ts';

/** JSON of any message of that type, zeros and nulls included. */
function jsonOf(descriptor: MessageDescriptor, depth: number): fc.Arbitrary<JsonValue> {
  const fields = descriptor.fields.filter((field) => depth > 0 || field.type.kind !== 'message');
  return fc
    .subarray(fields, { maxLength: Math.min(8, fields.length) })
    .chain((chosen) =>
      fc.record(
        Object.fromEntries(chosen.map((field) => [field.jsonName, fieldJson(field, depth)])),
      ),
    ) as fc.Arbitrary<JsonValue>;
}

function fieldJson(field: FieldDescriptor, depth: number): fc.Arbitrary<JsonValue> {
  const value = valueJson(field.type, depth);
  if (field.label === 'list') return fc.array(value, { maxLength: 3 });
  if (field.label === 'map') return fc.dictionary(fc.string(), value, { maxKeys: 3 });
  return fc.oneof({ weight: 9, arbitrary: value }, { weight: 1, arbitrary: fc.constant(null) });
}

function valueJson(type: ValueType, depth: number): fc.Arbitrary<JsonValue> {
  switch (type.kind) {
    case 'message':
      return jsonOf(type.message, depth - 1);
    case 'enum':
      return fc.oneof(fc.constantFrom(...type.enum.numbers.keys()), fc.integer({ min: 0, max: 9 }));
    case 'wrapper':
      return valueJson({ kind: type.scalar }, depth);
    case 'duration':
      return fc.integer({ min: -1e6, max: 1e6 }).map((milliseconds) => `${milliseconds}ms`);
    case 'struct':
      return fc.dictionary(fc.string(), fc.jsonValue() as fc.Arbitrary<JsonValue>, { maxKeys: 3 });
    case 'value':
      return fc.jsonValue() as fc.Arbitrary<JsonValue>;
    case 'string':
      return fc.string();
    case 'bool':
      return fc.boolean();
    case 'double':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'uint32':
      return fc.integer({ min: 0 });
    default:
      return fc.integer();
  }
}

const proxyJson = jsonOf(proxyConfigMessage, 3);

describe('reading and writing', () => {
  it.each([
    ['proxy configs', proxyConfigMessage],
    ['mesh configs', meshConfigMessage],
  ])('come to rest after one round for %s', (_, descriptor) => {
    fc.assert(
      fc.property(jsonOf(descriptor, 3), (json) => {
        const written = writeMessage(descriptor, readMessage(descriptor, json, {}));
        expect(writeMessage(descriptor, readMessage(descriptor, JSON.parse(written), {}))).toBe(
          written,
        );
      }),
      { numRuns: 200 },
    );
  });
});

describe('merging', () => {
  it('with nothing changes nothing', () => {
    fc.assert(
      fc.property(proxyJson, (json) => {
        const base = readMessage(proxyConfigMessage, json, {});
        expect(mergeProxyConfig(base, {})).toEqual(base);
        expect(mergeProxyConfig(base, null)).toEqual(base);
        expect(mergeLayer(base, {})).toEqual(base);
      }),
    );
  });

  it('of a layer is what writing the layer and merging its text would give', () => {
    fc.assert(
      fc.property(proxyJson, proxyJson, (lower, upper) => {
        const base = readMessage(proxyConfigMessage, lower, {});
        const layer = readMessage(proxyConfigMessage, upper, {});
        const text = JSON.parse(writeMessage(proxyConfigMessage, layer)) as JsonValue;
        expect(writeMessage(proxyConfigMessage, mergeLayer(base, layer))).toBe(
          writeMessage(proxyConfigMessage, mergeProxyConfig(base, text)),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('of the text without defaults gives the config back', () => {
    fc.assert(
      fc.property(proxyJson, (json) => {
        const config = mergeLayer(defaultProxyConfig(), readMessage(proxyConfigMessage, json, {}));
        const text = JSON.parse(encodeProxyConfigWithoutDefaults(config)) as JsonValue;
        expect(writeMessage(proxyConfigMessage, mergeProxyConfig(defaultProxyConfig(), text))).toBe(
          writeMessage(proxyConfigMessage, config),
        );
      }),
    );
  });
});

/** Text that is sometimes almost a proxy config. */
const annotation = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.json(),
  proxyJson.map((json) => JSON.stringify(json)),
  fc
    .tuple(fc.constantFrom(...proxyConfigMessage.fields.map((field) => field.jsonName)), fc.json())
    .map(([name, json]) => `${name}: ${json}`),
);

describe('text that nobody has seen before', () => {
  it('as an annotation gives a list of failures and a proxy config, never an exception', () => {
    const mesh = applyMeshConfig('');
    fc.assert(
      fc.property(annotation, (text) => {
        for (const problem of validateProxyConfigAnnotation(text)) {
          expect(problem).toBeTypeOf('string');
        }
        const config = effectiveProxyConfig({ mesh, annotation: text, namespace: 'n', labels: {} });
        encodeProxyConfigWithoutDefaults(config);
      }),
      { numRuns: 500 },
    );
  });

  it('as mesh config, proxy config or values is read or refused with a typed error', () => {
    const typed = (work: () => unknown) => {
      try {
        work();
      } catch (error) {
        expect(error).toBeInstanceOf(OutriggerError);
      }
    };
    fc.assert(
      fc.property(annotation, (text) => {
        typed(() => applyMeshConfig(text));
        typed(() => mergeProxyConfig({}, text));
        typed(() => parseValues(text));
      }),
      { numRuns: 300 },
    );
  });
});
