import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseGoYaml } from '../../src/goyaml/index.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/json.ts';
import { schemaText, valuesSchema } from '../../src/settings/values-schema.ts';

function read(name: string): string {
  return readFileSync(new URL(`../../templates/${name}`, import.meta.url), 'utf8');
}

/** The names of all values below a schema or an object, and what stands at them. */
function leavesOf(value: JsonValue, path = ''): Map<string, JsonValue> {
  if (!isJsonObject(value) || Object.keys(value).length === 0) return new Map([[path, value]]);
  return new Map(
    Object.entries(value).flatMap(([key, member]) => [...leavesOf(member, `${path}.${key}`)]),
  );
}

function schemasOf(schema: JsonObject, path = ''): Map<string, JsonObject> {
  const { properties } = schema;
  if (!isJsonObject(properties)) return new Map([[path, schema]]);
  return new Map(
    Object.entries(properties).flatMap(([key, member]) => [
      ...schemasOf(member as JsonObject, `${path}.${key}`),
    ]),
  );
}

describe('templates/values.schema.json', () => {
  const schema = valuesSchema(read('values.yaml'));

  it('is what templates/values.yaml says today (else: node scripts/generate-values-schema.ts)', () => {
    expect(read('values.schema.json')).toBe(schemaText(schema));
  });

  it('knows every value by its default, and describes it', () => {
    const schemas = schemasOf(schema);
    for (const [path, value] of leavesOf(parseGoYaml(read('values.yaml')))) {
      // The members of a map are described together.
      const known = schemas.get(path) ?? schemas.get(path.replace(/\.[^.]*$/, ''));
      expect(known, path).toBeDefined();
      if (schemas.has(path)) expect(known?.['default'], path).toEqual(value);
      expect(known?.['description'], path).toMatch(/\w{3}/);
    }
  });

  it("gives the types of Istio's own table", () => {
    const schemas = schemasOf(schema);
    expect(schemas.get('.global.proxy.privileged')).toMatchObject({ type: ['boolean', 'null'] });
    expect(schemas.get('.global.proxy.statusPort')).toMatchObject({
      type: ['integer', 'null'],
      minimum: 0,
    });
    expect(schemas.get('.global.proxy.tracer')).toMatchObject({ enum: expect.any(Array) });
    expect(schemas.get('.global.imagePullSecrets')).toMatchObject({ items: { type: 'string' } });
    // Null takes the default away.
    expect(schemas.get('.global.proxy.tracer')?.['enum']).toContain(null);
    expect(schema).toHaveProperty('properties.global.properties.proxy.properties.resources.type', [
      'object',
      'null',
    ]);
    // Numbers and text alike.
    expect(schemas.get('.global.tag')).not.toHaveProperty('type');
  });
});
