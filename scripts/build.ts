import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { prepareBuiltIn } from '../src/embedded/prepare.ts';
import { preparedFolder } from '../src/embedded/prepared.ts';
import { bundledCommands } from '../src/load-bundle.ts';

/**
 * Builds dist/, or the folder that is named on the command line: the program (`outrigger.js`), the public
 * template package (`gotemplate.js`) and its types.
 * The program is split at every lazy import, so that a command only loads what it needs.
 */
const root = resolve(import.meta.dirname, '..');
const dist = resolve(root, process.argv[2] ?? 'dist');

/**
 * Gets Node's own modules when they are first used, instead of when ours are loaded. To import one means to
 * look at all it exports, and that alone makes `fs` load its promises API and `util` half of Node; `crypto`
 * takes longer to load than all of our code. Other packages' imports stay as they are.
 */
const lazyBuiltins: Plugin = {
  name: 'lazy-builtins',
  setup({ onResolve, onLoad }) {
    const names = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));
    onResolve({ filter: /./ }, ({ path, importer }) => {
      if (!names.has(path) && !path.startsWith('node:')) return undefined;
      const name = path.replace(/^node:/, '');
      const ours = !importer.includes('/node_modules/') || importer.includes('/commander/');
      const lazy = ours && name !== 'process' && typeof process.getBuiltinModule(name) === 'object';
      return { path: name, namespace: lazy ? 'lazy-builtin' : 'builtin' };
    });
    // A Node.js that is too old has no getBuiltinModule; main.ts says so.
    onLoad({ filter: /./, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule?.('node:${path}');`,
    }));
    onLoad({ filter: /./, namespace: 'lazy-builtin' }, ({ path }) => ({
      contents: `${lazyExports(`process.getBuiltinModule('node:${path}')`)};`,
    }));
  },
};

/** Packages that take long to load and that most runs do not need. */
const latePackages = new Set(['re2js']);

/** Puts off running a package until something of it is used; it stays in the bundle. */
const lazyPackages: Plugin = {
  name: 'lazy-packages',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /./ }, ({ path, namespace }) =>
      latePackages.has(path) && namespace === 'file' ? { path, namespace: 'late' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'late' }, ({ path }) => ({
      contents: `${lazyExports(`require('${path}')`)};`,
      resolveDir: root,
    }));
  },
};

/**
 * The text of a module whose exports come from an expression that is first evaluated when one of them is
 * used. esbuild makes an import an object with the prototype of what is exported here.
 */
function lazyExports(expression: string): string {
  return `module.exports = Object.create(new Proxy({}, {
    get: (_, key) => key === '__esModule' ? undefined : ${expression}[key],
  }))`;
}

/** What starts the program is in one piece: each further file takes Node.js a millisecond to find and to read. */
const programApart: Plugin = {
  name: 'program-apart',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/cli\/run-process\.ts$/ }, () => ({
      path: './program.js',
      external: true,
    }));
  },
};

/**
 * Leaves out of a command's bundle all other commands, for which main.ts never asks it. What is imported late has to be
 * wrapped, with all that it imports; so its own command is imported at once.
 */
function onlyCommand(name: string): Plugin {
  return {
    name: 'only-command',
    setup({ onLoad }) {
      onLoad({ filter: /\/src\/cli\/commands\.ts$/ }, ({ path }) => {
        const own = `import('./commands/${name}.ts')`;
        const text = readFileSync(path, 'utf8');
        const contents = `import * as own from './commands/${name}.ts';\n${text
          .replace(own, 'Promise.resolve(own)')
          .replaceAll(/import\('\.\/commands\/[\w-]+\.ts'\)/g, "import('./program.js')")}`;
        return { contents, loader: 'ts', resolveDir: dirname(path) };
      });
    },
  };
}

/** The client for clusters is as large as all the rest, and rarely needed: a file of its own. */
const lateClient: Plugin = {
  name: 'late-client',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@kubernetes\/client-node$/ }, ({ path }) => ({
      path,
      namespace: 'late-client',
    }));
    onResolve({ filter: /^\.\/kubernetes-client\.cjs$/ }, ({ path }) => ({ path, external: true }));
    // Node's compile cache, because it is not part of what src/load-bundle.ts keeps.
    onLoad({ filter: /./, namespace: 'late-client' }, () => ({
      contents: `let loaded;
        function client() {
          if (loaded === undefined) {
            process.getBuiltinModule('node:module').enableCompileCache(__dirname + '/.compile-cache');
            loaded = require('./kubernetes-client.cjs');
          }
          return loaded;
        }
        ${lazyExports('client()')};`,
    }));
  },
};

rmSync(dist, { recursive: true, force: true });

const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node22',
  legalComments: 'linked',
  logLevel: 'warning',
};
const modules: BuildOptions = {
  ...common,
  outdir: dist,
  format: 'esm',
  // Some dependencies are CommonJS and look at `require` at run time; a module has none of its own.
  banner: {
    js: "const require = process.getBuiltinModule?.('node:module').createRequire(import.meta.url);",
  },
};
await Promise.all([
  build({
    ...modules,
    banner: {},
    entryPoints: { outrigger: 'src/main.ts' },
    plugins: [programApart, lazyBuiltins],
  }),
  build({
    ...modules,
    entryPoints: { program: 'src/cli/run-process.ts', gotemplate: 'src/gotemplate/index.ts' },
    chunkNames: 'chunks/[name]-[hash]',
    splitting: true,
    plugins: [lazyBuiltins, lazyPackages],
  }),
  ...bundledCommands.map((command) =>
    build({
      ...common,
      entryPoints: ['src/cli/run-process.ts'],
      outfile: join(dist, `${command}.cjs`),
      format: 'cjs',
      define: { 'import.meta.dirname': '__dirname' },
      // Wrapped here, as Node.js wraps CommonJS, so that no copy of all the text has to be made for it.
      banner: { js: '(function (exports, require, module, __filename, __dirname) {' },
      footer: { js: '})' },
      external: ['./program.js'],
      plugins: [onlyCommand(command), lateClient, lazyBuiltins, lazyPackages],
    }),
  ),
  build({
    ...common,
    stdin: { contents: "export { KubeConfig } from '@kubernetes/client-node';", resolveDir: root },
    outfile: join(dist, 'kubernetes-client.cjs'),
    format: 'cjs',
  }),
]);
bundledCommands.forEach(nameBuild);

mkdirSync(join(dist, preparedFolder));
for (const [name, text] of prepareBuiltIn()) writeFileSync(join(dist, preparedFolder, name), text);

const typescript = createRequire(import.meta.url).resolve('typescript/package.json');
execFileSync(
  process.execPath,
  [
    join(typescript, '..', 'bin', 'tsc'),
    '-p',
    join(root, 'tsconfig.build.json'),
    '--outDir',
    join(dist, 'types'),
  ],
  { stdio: 'inherit' },
);

/** The first line tells the builds of a bundle apart: see src/load-bundle.ts. */
function nameBuild(command: string): void {
  const file = join(dist, `${command}.cjs`);
  const text = readFileSync(file, 'latin1');
  const name = createHash('sha256').update(text).digest('hex').slice(0, 16);
  writeFileSync(file, `// ${name}\n${text}`, 'latin1');
}
