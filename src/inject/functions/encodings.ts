/** Functions that turn values into text and back (`pkg/kube/inject/template.go`). Exports: {@link encodingFunctions}. */
import { decodeGoJson } from '../../gotemplate/encode/json-decode.ts';
import { encodeGoJson } from '../../gotemplate/encode/json-encode.ts';
import {
  anyType,
  type FunctionMap,
  type GoPointer,
  type GoType,
  stringType,
} from '../../gotemplate/index.ts';
import { GoStruct } from '../../gotemplate/value/model.ts';
import { jsonToGoYaml } from '../../goyaml/index.ts';
import type { Duration } from '../../mesh/index.ts';
import { durationPointerType, formatGoDuration, protoToJson } from '../../mesh/index.ts';

/** Go's interface that every protobuf message satisfies; the evaluator knows it by this name. */
const protoMessageType: GoType = {
  kind: 'interface',
  name: 'protoreflect.ProtoMessage',
};

function orOnFailure(fallback: string, make: () => string): string {
  try {
    return make();
  } catch {
    // Upstream logs here and goes on with the fallback.
    return fallback;
  }
}

export const encodingFunctions: FunctionMap = {
  /** Compact JSON in the order of the struct's fields; `{}` for nil and for what cannot be encoded. */
  structToJSON: {
    in: [anyType],
    out: stringType,
    call: (value: unknown) =>
      value === null ? '{}' : orOnFailure('{}', () => encodeGoJson(value)),
  },
  /** Decoded JSON; the *text* `{}` when it is not JSON. */
  fromJSON: {
    in: [stringType],
    out: anyType,
    call: (text: string) => {
      try {
        return decodeGoJson(text);
      } catch {
        return '{}';
      }
    },
  },
  /** Block YAML with a line break at the end; empty for what cannot be encoded. */
  toYaml: {
    in: [anyType],
    out: stringType,
    call: (value: unknown) => orOnFailure('', () => jsonToGoYaml(encodeGoJson(value))),
  },
  /** A message as protobuf JSON; of a proxy config only what differs from the defaults. */
  protoToJSON: {
    in: [protoMessageType],
    out: stringType,
    call: (message: GoPointer | null) =>
      message === null ? '{}' : orOnFailure('{}', () => protoToJson(message)),
  },
  /** `45s`, `1m30s`; `0s` for nil. */
  formatDuration: {
    in: [durationPointerType],
    out: stringType,
    call: ({ target }: GoPointer) =>
      target instanceof GoStruct ? formatGoDuration(target.source as unknown as Duration) : '0s',
  },
};
