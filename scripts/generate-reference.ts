/**
 * Writes docs/commands.md and docs/outrigger.1 from the commands' own definitions, and docs/template-reference.md
 * from the types and functions of templates: `npm run generate`. A test tells when they are out of date.
 */
import { writeFileSync } from 'node:fs';
import { referencePages } from '../src/cli/reference/pages.ts';

for (const [path, text] of await referencePages())
  writeFileSync(new URL(`../${path}`, import.meta.url), text);
