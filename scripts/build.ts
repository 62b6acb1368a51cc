import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

/**
 * Builds dist/: the program (`outrigger.js`), the public template package (`gotemplate.js`) and its types.
 * One bundle per entry, split at every lazy import: a command only loads what it needs.
 */
const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');

const gotemplate = 'src/gotemplate/index.ts';
const hasTemplates = existsSync(join(root, gotemplate));

rmSync(dist, { recursive: true, force: true });

await build({
  absWorkingDir: root,
  entryPoints: { outrigger: 'src/main.ts', ...(hasTemplates && { gotemplate }) },
  outdir: dist,
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  // Some dependencies are CommonJS and call require at run time; a module has none of its own.
  banner: {
    js: "import { createRequire as outriggerRequire } from 'node:module'; const require = outriggerRequire(import.meta.url);",
  },
  legalComments: 'linked',
  logLevel: 'warning',
});

if (!hasTemplates) process.exit();
const tsc = createRequire(import.meta.url).resolve('typescript/package.json');
execFileSync(
  process.execPath,
  [join(tsc, '..', 'bin', 'tsc'), '-p', join(root, 'tsconfig.build.json')],
  { stdio: 'inherit' },
);
