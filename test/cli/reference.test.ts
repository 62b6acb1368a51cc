import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { referencePages } from '../../src/cli/reference/pages.ts';
import { functionMeanings } from '../../src/cli/reference/template-meanings.ts';
import { builtins } from '../../src/gotemplate/builtins/builtins.ts';
import { createTemplateFunctions, istioFunctions } from '../../src/inject/functions/index.ts';

describe('the reference pages', async () => {
  const pages = await referencePages();

  it.each([...pages.keys()])(
    '%s is what the commands say today (else: npm run generate)',
    (path) => {
      expect(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')).toBe(pages.get(path));
    },
  );

  it('say what each function of Istio does, and name every function', () => {
    const own = Object.keys(istioFunctions()).sort();
    expect(Object.keys(functionMeanings).sort()).toEqual(own);
    const page = pages.get('docs/template-reference.md') ?? '';
    for (const name of Object.keys({ ...builtins, ...createTemplateFunctions() })) {
      expect(page).toMatch(new RegExp(`\`${name}[ \`]`));
    }
  });

  it('name every command', () => {
    for (const { name } of commands)
      expect(pages.get('docs/commands.md')).toContain(`## ${name}\n`);
  });
});
