import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { referencePages } from '../../src/cli/reference/pages.ts';

describe('the reference pages', async () => {
  const pages = await referencePages();

  it.each([...pages.keys()])(
    '%s is what the commands say today (else: npm run generate)',
    (path) => {
      expect(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')).toBe(pages.get(path));
    },
  );

  it('name every command', () => {
    for (const { name } of commands)
      expect(pages.get('docs/commands.md')).toContain(`## ${name}\n`);
  });
});
