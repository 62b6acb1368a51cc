/** Exports: {@link valuesSchema}, {@link schemaText}. */
import { isMap, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml';
import type { JsonObject, JsonValue } from '../json.ts';
import type {
  FieldDescriptor,
  MessageDescriptor,
  ScalarKind,
  ValueType,
} from '../mesh/descriptor/descriptor.ts';
import { valuesMessage } from '../mesh/descriptor/well-known-messages.ts';

/**
 * The JSON Schema of values: names, defaults and descriptions are those of templates/values.yaml, types those of
 * Istio's own table, or of the default where it has none.
 *
 * @param text of templates/values.yaml
 */
export function valuesSchema(text: string): JsonObject {
  const { contents } = parseDocument(text);
  if (!isMap(contents)) throw new Error('templates/values.yaml is not a mapping');
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Values of the injection templates',
    ...objectSchema(contents, valuesMessage),
  };
}

/** The schema as the file holds it; short lists stand on one line, as the formatter wants them. */
export function schemaText(schema: JsonObject): string {
  const text = JSON.stringify(schema, undefined, 2).replace(
    /\[\s+((?:"[^"]*",?\s+)+)\]/g,
    (_, items: string) => `[${items.trim().replace(/\s+/g, ' ')}]`,
  );
  return `${text}\n`;
}

/** Other names are allowed: templates of one's own may read values of their own. */
function objectSchema(map: YAMLMap, message: MessageDescriptor | undefined): JsonObject {
  const properties: JsonObject = {};
  for (const [at, pair] of map.items.entries()) {
    const { key } = pair;
    if (!isScalar(key)) continue;
    const field = message?.fields.find(({ protoName }) => protoName === key.value);
    // The comment above the first name belongs to the mapping.
    const comment = key.commentBefore ?? (at === 0 ? map.commentBefore : undefined);
    properties[String(key.value)] = memberSchema(pair, field, comment ?? undefined);
  }
  return { type: 'object', properties };
}

function memberSchema(
  { value }: Pair,
  field: FieldDescriptor | undefined,
  comment: string | undefined,
): JsonObject {
  const description = comment === undefined ? {} : { description: sentence(comment) };
  if (isMap(value) && value.items.length > 0 && field?.label !== 'map') {
    const below = field?.type.kind === 'message' ? field.type.message : undefined;
    return { ...description, ...orNull(objectSchema(value, below)) };
  }
  const json = (value as { toJSON?: () => JsonValue } | null)?.toJSON?.() ?? null;
  const type = field === undefined ? typeOfDefault(json) : typeOfField(field);
  return { ...description, ...orNull(type), default: json };
}

/** As for Helm, null in place of any value takes its default away. */
function orNull(schema: JsonObject): JsonObject {
  const { type, enum: names } = schema;
  if (Array.isArray(names)) return { ...schema, enum: [...names, null] };
  return type === undefined ? schema : { ...schema, type: [type, 'null'] };
}

/** The lines of a comment as one text. */
function sentence(comment: string): string {
  return comment
    .split('\n\n')
    .at(-1)
    ?.split('\n')
    .map((line) => line.trim())
    .join(' ') as string;
}

function typeOfField({ label, type }: FieldDescriptor): JsonObject {
  const element = typeOfValue(type);
  if (label === 'list') return { type: 'array', items: element };
  if (label === 'map') return { type: 'object', additionalProperties: element };
  return element;
}

const scalarTypes: { readonly [kind in ScalarKind]: JsonObject } = {
  string: { type: 'string' },
  bool: { type: 'boolean' },
  int32: { type: 'integer' },
  uint32: { type: 'integer', minimum: 0 },
  int64: { type: 'integer' },
  double: { type: 'number' },
};

function typeOfValue(type: ValueType): JsonObject {
  switch (type.kind) {
    case 'wrapper':
      return scalarTypes[type.scalar];
    case 'enum':
      return { enum: [...type.enum.names.values()] };
    case 'message':
    case 'struct':
      return { type: 'object' };
    case 'value':
    case 'duration':
      return {};
    default:
      return scalarTypes[type.kind];
  }
}

function typeOfDefault(value: JsonValue): JsonObject {
  if (Array.isArray(value)) return { type: 'array' };
  if (value === null) return {};
  return { type: typeof value };
}
