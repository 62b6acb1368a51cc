import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageInfo } from '../../src/package.ts';

const { root } = packageInfo();
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const manifest = JSON.parse(read('package.json')) as {
  readonly dependencies: { readonly [name: string]: string };
  readonly devDependencies: { readonly [name: string]: string };
};
const page = read('docs/dependencies.md');

/** Packages in the first column of a section's table; several may share a line. */
function listed(heading: string): string[] {
  const [, section = ''] =
    new RegExp(`^## ${heading}\n(.*?)(?=^## |$(?![^]))`, 'ms').exec(page) ?? [];
  return [...section.matchAll(/^\| ([^|]+) \|/gm)]
    .flatMap(([, cell = '']) => cell.split(', '))
    .filter((name) => name !== 'Package' && !name.startsWith('-'))
    .sort();
}

describe('docs/dependencies.md has a line for each package', () => {
  test.each([
    ['At run time', manifest.dependencies],
    ['For development', manifest.devDependencies],
  ])('%s', (heading, packages) => {
    expect(listed(heading)).toEqual(Object.keys(packages).sort());
  });

  test('and says for each what else was weighed', () => {
    const rows = page.split('\n').filter((line) => /^\| [@a-z]/.test(line));
    for (const row of rows) {
      const cells = row.split('|').slice(1, -1);
      expect(cells.map((cell) => cell.trim() !== '')).toEqual([true, true, true]);
    }
  });
});

test('what the program imports is what it depends on', () => {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  const used = new Set(
    files
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => [
        ...read(join('src', name)).matchAll(
          /(?:\bfrom|\bimport)\s*\(?\s*'((?:@[\w-]+\/)?[a-z][\w-]*)/g,
        ),
      ])
      .map(([, name = '']) => name)
      .filter((name) => name !== 'node'),
  );
  expect([...used].sort()).toEqual(Object.keys(manifest.dependencies).sort());
});
