import { readdirSync, readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { packageInfo } from '../../src/package.ts';

const folder = join(packageInfo().root, 'src');

test('of CommonJS packages that are loaded late, only the default is taken: the bundle has no other names', () => {
  const taken = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => {
      const file = join(folder, name);
      const imports = readFileSync(file, 'utf8').matchAll(
        /\{([^{}]*)\} = await import\('([^.'][^']*)'\)/g,
      );
      return [...imports].map(([, names = '', from = '']) => ({ file, names, from }));
    });
  expect(taken.map(({ from }) => from)).toContain('chokidar');
  for (const { file, names, from } of taken) {
    const manifest = findPackageJSON(from, pathToFileURL(file)) ?? '';
    const { type = 'commonjs' } = JSON.parse(readFileSync(manifest, 'utf8'));
    if (type === 'commonjs') expect(names.trim(), `${file}: ${from}`).toMatch(/^default: \w+$/);
  }
});
