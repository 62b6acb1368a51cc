/**
 * Writes templates/values.schema.json from templates/values.yaml and the table of types:
 * `node scripts/generate-values-schema.ts`. A test tells when it is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { schemaText, valuesSchema } from '../src/settings/values-schema.ts';

const folder = new URL('../templates/', import.meta.url);
const schema = valuesSchema(readFileSync(new URL('values.yaml', folder), 'utf8'));
writeFileSync(new URL('values.schema.json', folder), schemaText(schema));
