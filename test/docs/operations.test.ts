import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { type CommandShape, programShape } from '../../src/cli/reference/program-shape.ts';
import { createServingMetrics } from '../../src/metrics/serving-metrics.ts';
import { packageInfo } from '../../src/package.ts';
import { emptyState } from '../metrics/sample-state.ts';

const { root } = packageInfo();
const written = (path: string) => readFileSync(join(root, path), 'utf8');
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md') && name !== 'commands.md')
    .map((name) => `docs/${name}`),
  ...readdirSync(join(root, 'examples')).flatMap((name) =>
    existsSync(join(root, 'examples', name, 'README.md')) ? [`examples/${name}/README.md`] : [],
  ),
];

const shapes = await programShape({
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: {},
  colour: false,
  exitCode: 0,
});

/** Everything that a page shows as code: spans, and lines of blocks. */
function codeIn(text: string): string[] {
  const blocks = [...text.matchAll(/^```\w*\n(.*?)^```/gms)].flatMap(([, block = '']) =>
    block.replace(/\\\n/g, ' ').split('\n'),
  );
  const prose = text.replace(/^```\w*\n.*?^```/gms, '');
  const indented = prose.split('\n').filter((line) => /^ {4,}\S/.test(line));
  const spans = [...prose.matchAll(/`([^`]+)`/g)].map(([, span = '']) => span.replace(/\s+/g, ' '));
  return [...blocks, ...indented, ...spans];
}

/** The words of each call of the program in a piece of code, without its name. */
function callsIn(code: string): string[][] {
  const calls = code.split(/\|(?!\|)|&&|;/).flatMap((part) => {
    const [, rest] = /^[\s$(<]*(?:bin\/)?outrigger\s+(.*)$/.exec(part) ?? [];
    return rest === undefined
      ? []
      : [
          rest
            .replace(/['"][^'"]*['"]/g, 'text')
            .trim()
            .split(/\s+/),
        ];
  });
  return calls.filter(([first = '']) => /^[a-z-]+$/.test(first));
}

/** What is wrong with a call; undefined when nothing is. */
function faultOf(words: readonly string[]): string | undefined {
  let shape = shapes.find(({ name }) => name === words[0]);
  if (shape === undefined) return `there is no command ${words[0]}`;
  let own: CommandShape = shape;
  const inner = own.subcommands.find(({ name }) => name === words[1]);
  if (inner !== undefined) own = inner;
  shape = own;
  const flags = new Set(shape.options.flatMap(({ long, short }) => [long, short]));
  flags.add('--help').add('-h');
  const unknown = words
    .map((word) => /^(--?[a-zA-Z][\w-]*)/.exec(word)?.[1])
    .find((flag) => flag !== undefined && !flags.has(flag));
  return unknown === undefined ? undefined : `outrigger ${own.name} has no flag ${unknown}`;
}

describe.each(pages)('%s', (page) => {
  const text = written(page);

  test('names only commands and flags that there are', () => {
    const faults = codeIn(text)
      .flatMap((code) => callsIn(code))
      .map((words) => [words.join(' '), faultOf(words)])
      .filter(([, fault]) => fault !== undefined);
    expect(faults).toEqual([]);
  });

  test('links only to what is there', () => {
    const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target = '']) => target);
    const local = links.filter((target) => !/^[a-z]+:/.test(target));
    const missing = local.filter((target) => !existsSync(join(root, dirname(page), target)));
    expect(missing).toEqual([]);
  });
});

test('the checks above would find a fault', () => {
  expect(callsIn('bin/outrigger kube-inject -f x | kubectl apply -f -')).toEqual([
    ['kube-inject', '-f', 'x'],
  ]);
  expect(faultOf(['nonsense'])).toContain('no command');
  expect(faultOf(['tag', 'set', 'x', '--nonsense'])).toContain('no flag --nonsense');
  expect(commands.length).toBe(shapes.length);
});

describe('docs/operations.md', () => {
  const text = written('docs/operations.md');

  test('names only flags that there are', () => {
    const known = new Set(shapes.flatMap(flagsOf));
    // Flags of other programs stand next to their names.
    const alone = [...text.matchAll(/`(--[\w-]+)[^`]*`/g)].map(([, flag = '']) => flag);
    expect(alone.filter((flag) => !known.has(flag))).toEqual([]);
  });

  test('lists exactly the metrics that there are', async () => {
    const metrics = createServingMetrics('1', {
      ...emptyState,
      answers: () => ({ answers: 0, size: 0, hits: 0, misses: 0 }),
    });
    const there = new Set(
      [...(await metrics.text()).matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name),
    );
    const ours = [...there].filter((name) =>
      /^(outrigger|sidecar_injection|webhook_patch)_/.test(name),
    );
    const [, table = ''] = /^## Metrics\n(.*?)^### /ms.exec(text) ?? [];
    // `…_failure_total` stands for a name that begins as the one before it.
    const listed = [...table.matchAll(/`([a-z_]+)(?:\{[^}]*\})?`/g)].map(([, name = '']) => name);
    const short = [...table.matchAll(/`…(_[a-z_]+)`/g)].map(([, end]) => `sidecar_injection${end}`);
    const all = [...listed, ...short].filter((name) => /^(outrigger|sidecar|webhook)_/.test(name));
    expect(all.sort()).toEqual(ours.sort());

    const mentioned = [
      ...text.matchAll(/\b(?:outrigger|sidecar_injection|webhook_patch)_[a-z_]+/g),
    ];
    const unknown = mentioned
      .map(([name]) => name.replace(/_(bucket|count|sum)$/, ''))
      .filter((name) => !there.has(name));
    expect(unknown).toEqual([]);
    for (const [name] of text.matchAll(/nodejs_[a-z0-9_]+[a-z0-9]/g)) {
      expect([...there].some((known) => known.startsWith(name))).toBe(true);
    }
  });

  test('quotes only log lines that the program writes', () => {
    const [, table = ''] = /^## Log lines worth knowing\n(.*?)^## /ms.exec(text) ?? [];
    const lines = table
      .split('\n')
      .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)])
      .map(([, line = '']) => line);
    expect(lines.length).toBeGreaterThan(30);
    const said = [...text.matchAll(/log lines? `([^`]+)`/g)].map(([, line = '']) =>
      line.replace(/\s+/g, ' '),
    );
    const program = sources(join(root, 'src')).join('\n').replace(/\\'/g, "'");
    const missing = [...lines, ...said].filter((line) =>
      line.split(/<[^>]*>/).some((part) => !program.includes(part.replace(/; trying again$/, ''))),
    );
    expect(missing).toEqual([]);
  });

  test('names only reasons of Events that there are', () => {
    const [, table = ''] = /^## Events\n(.*)/ms.exec(text) ?? [];
    const listed = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, reason = '']) => reason);
    const program = sources(join(root, 'src', 'events')).join('\n');
    expect(listed.length).toBeGreaterThan(0);
    expect(listed.filter((reason) => !program.includes(`'${reason}'`))).toEqual([]);
  });
});

function flagsOf(shape: CommandShape): (string | undefined)[] {
  return [...shape.options.map(({ long }) => long), ...shape.subcommands.flatMap(flagsOf)];
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}
