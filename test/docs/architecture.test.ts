import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageInfo } from '../../src/package.ts';

const { root } = packageInfo();
const src = join(root, 'src');

/** An import of a file of src/: as it is written, and by whom. */
interface Import {
  readonly file: string;
  readonly target: string;
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);
const imports: readonly Import[] = files.flatMap((file) => {
  const text = readFileSync(join(src, file), 'utf8').replace(/^\s*(?:\/\*\*|\*|\/\/).*$/gm, '');
  const found = text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^'\n]+)'/g);
  return [...found].map(([, target = '']) => ({ file, target }));
});

/** The folder of src/ that a file belongs to; files that lie in src/ itself are `base`, but for the entry. */
function areaOf(file: string): string {
  const [first = '', ...rest] = file.split(sep);
  if (rest.length > 0) return first;
  return first === 'main.ts' ? 'main' : 'base';
}

/** Folders, and what each may import beside itself. Lower ones know nothing of those that come after them. */
const mayImport: { readonly [area: string]: readonly string[] } = {
  base: [],
  gotemplate: [],
  schema: ['gotemplate'],
  goyaml: ['base'],
  merge: ['base', 'schema'],
  mesh: ['base', 'goyaml', 'gotemplate'],
  inject: ['base', 'goyaml', 'gotemplate', 'merge', 'mesh', 'schema'],
  uninject: ['base', 'inject', 'merge', 'schema'],
  'pod-security': ['base'],
  settings: ['base', 'mesh'],
  embedded: ['base', 'gotemplate', 'goyaml', 'inject'],
  manifest: ['base', 'goyaml', 'inject', 'uninject'],
  lint: [
    ...['base', 'goyaml', 'gotemplate', 'inject', 'manifest', 'merge', 'mesh', 'schema'],
    'settings',
  ],
  log: ['base'],
  kube: ['base', 'goyaml'],
  serving: ['base', 'goyaml', 'inject', 'kube', 'mesh'],
  certs: ['base', 'kube', 'serving'],
  webhook: ['base', 'certs', 'inject'],
  events: ['base', 'kube', 'serving', 'webhook'],
  metrics: ['base', 'certs', 'kube', 'serving', 'webhook'],
  install: ['base', 'kube'],
  diagnose: ['base', 'certs', 'inject', 'install', 'kube', 'serving'],
  explain: ['base', 'diagnose', 'inject', 'install', 'settings'],
  cli: [
    ...['base', 'certs', 'diagnose', 'embedded', 'events', 'explain', 'gotemplate', 'goyaml'],
    ...['inject', 'install', 'kube', 'lint', 'log', 'manifest', 'mesh', 'metrics', 'pod-security'],
    ...['serving', 'settings', 'uninject', 'webhook'],
  ],
  main: ['base', 'cli'],
};

/** What works on values alone: the same input gives the same output, wherever it runs. */
const pure = ['gotemplate', 'schema', 'goyaml', 'merge', 'mesh', 'inject', 'uninject'];

/** Modules of Node.js without files, network, processes or time; of `node:net` only what reads addresses. */
const harmless: ReadonlySet<string> = new Set(['node:util', 'node:crypto', 'node:net isIP']);

describe('imports go one way:', () => {
  test('every folder is in the table, and each only knows of those before it', () => {
    expect([...new Set(files.map(areaOf))].sort()).toEqual(Object.keys(mayImport).sort());
    const order = Object.keys(mayImport);
    for (const [area, allowed] of Object.entries(mayImport)) {
      for (const other of allowed) expect(order.indexOf(other)).toBeLessThan(order.indexOf(area));
    }
  });

  test.each(Object.keys(mayImport))('src/%s', (area) => {
    const strangers = imports
      .filter(({ file, target }) => areaOf(file) === area && target.startsWith('.'))
      .map(({ file, target }) => ({ file, to: areaOf(normalize(join(dirname(file), target))) }))
      .filter(({ to }) => to !== area && !mayImport[area]?.includes(to));
    expect(strangers).toEqual([]);
  });
});

describe('the engine does no I/O:', () => {
  test.each(pure)('src/%s', (area) => {
    const modules = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));
    const used = imports
      .filter(({ file, target }) => areaOf(file) === area && modules.has(target))
      .map(({ file, target }) => (target === 'node:net' ? `node:net ${namesFrom(file)}` : target));
    expect(used.filter((target) => !harmless.has(target))).toEqual([]);
  });

  test.each(pure)('src/%s asks for no environment and no time of its own accord', (area) => {
    const asking = files
      .filter((file) => areaOf(file) === area)
      .filter((file) => /\bprocess\.(?!nextTick)|\bDate\.now\(|\bperformance\./.test(read(file)));
    expect(asking).toEqual([]);
  });

  test.each(pure)('src/%s uses no package but those that work on values', (area) => {
    const packages = imports
      .filter(({ file, target }) => areaOf(file) === area && /^[@a-z]/.test(target))
      .map(({ target }) => target)
      .filter((target) => !target.startsWith('node:'));
    expect(packages.filter((name) => !['re2js', 'fast-json-patch'].includes(name))).toEqual([]);
  });
});

describe('docs/architecture.md', () => {
  const text = readFileSync(join(root, 'docs', 'architecture.md'), 'utf8');

  test('speaks of every folder of src/', () => {
    const folders = [...new Set(files.map(areaOf))].filter((area) => !/^(base|main)$/.test(area));
    expect(folders.filter((folder) => !text.includes(`\`${folder}\``))).toEqual([]);
  });

  test('names only files and folders that there are', () => {
    const known = new Set(files.flatMap((file) => [file, dirname(file)]));
    const named = [...text.matchAll(/`([a-z-]+(?:\/[a-z-]+)+(?:\.ts)?)`/g)];
    const paths = named.map(([, path = '']) => path.replace(/^src\//, ''));
    const absent = paths.filter((path) => !known.has(path) && path !== 'outrigger/gotemplate');
    expect(absent).toEqual([]);
  });
});

function read(file: string): string {
  return readFileSync(join(src, file), 'utf8');
}

function namesFrom(file: string): string {
  return /import \{ ([^}]*) \} from 'node:net'/.exec(read(file))?.[1] ?? '';
}
