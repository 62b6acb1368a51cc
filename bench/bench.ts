/** Measures everything that is promised about speed and memory: `npm run bench`; `--help` says more. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { measureEngine } from './engine/engine-section.ts';
import { measureGrowth } from './engine/growth-section.ts';
import { canPin } from './measure/pinning.ts';
import { type BenchOptions, readOptions, usage } from './options.ts';
import { measureProgram } from './program/program-section.ts';
import { compare, readBaseline, summarise, writeBaseline } from './report/baseline.ts';
import {
  engineTable,
  type Figures,
  growthTable,
  programTable,
  soakTable,
  webhookTable,
} from './report/print.ts';
import { table } from './report/table.ts';
import { settingsIn } from './settings.ts';
import { Servers } from './webhook/servers.ts';
import { soak } from './webhook/soak-section.ts';
import { type LoadExtent, measureWebhook } from './webhook/webhook-section.ts';

const root = resolve(import.meta.dirname, '..');
const work = join(root, '.tmp', 'bench');

const fullLoad: LoadExtent = { connections: [1, 4, 16, 64], rounds: 5, seconds: 3 };
const quickLoad: LoadExtent = { connections: [4], rounds: 3, seconds: 2 };

/** Measures what is asked for, and prints each part as soon as it is known. */
async function measure(options: BenchOptions, temporary: string): Promise<Figures> {
  const { only, quick } = options;
  const settings = settingsIn(options.settings);
  let figures: Figures = {
    machine: {
      processor: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      pinned: canPin,
      node: process.version,
    },
    settings: options.settings === undefined ? 'built in' : 'from files',
  };
  if (!canPin)
    console.log('Servers and load share their cores: there is no taskset, or one core only.');
  if (only.includes('engine')) {
    const engine = await measureEngine(settings, quick);
    console.log(engineTable(engine));
    figures = { ...figures, engine };
  }
  if (only.includes('growth')) {
    const growth = await measureGrowth(settings, quick);
    console.log(growthTable(growth));
    figures = { ...figures, growth };
  }
  const needsProgram = only.includes('webhook') || only.includes('program');
  if (!needsProgram && options.soak === undefined) return figures;

  const program = options.program === undefined ? build() : resolve(options.program);
  if (only.includes('program')) {
    const commands = await measureProgram(program, settings, temporary, quick);
    console.log(programTable(commands));
    figures = { ...figures, program: commands };
  }
  const servers = await Servers.prepare(program, settings, temporary);
  if (only.includes('webhook')) {
    const webhook = await measureWebhook(servers, quick ? quickLoad : fullLoad);
    console.log(webhookTable(webhook));
    figures = { ...figures, webhook };
  }
  if (options.soak !== undefined) {
    const soaked = await soak(servers, options.soak, (text) => console.log(text));
    console.log(soakTable(soaked));
    figures = { ...figures, soak: soaked };
  }
  return figures;
}

/** Builds what is in the tree into a folder of the benchmark's own. */
function build(): string {
  const folder = join(work, 'dist');
  execFileSync(process.execPath, [join(root, 'scripts', 'build.ts'), folder], { stdio: 'inherit' });
  return join(folder, 'outrigger.js');
}

async function run(options: BenchOptions): Promise<void> {
  const temporary = mkdtempSync(join(tmpdir(), 'outrigger-bench-'));
  let figures: Figures;
  try {
    figures = await measure(options, temporary);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  const json = options.json ?? join(work, 'result.json');
  mkdirSync(dirname(json), { recursive: true });
  writeFileSync(json, `${JSON.stringify(figures, undefined, 2)}\n`);
  console.log(`Figures are in ${json}.`);
  const summary = summarise(figures);
  if (options.compare) {
    const { rows, regressions } = compare(summary, readBaseline());
    console.log(table('Against the baseline', ['cost', 'before', 'now', 'change', ''], rows));
    if (regressions > 0) process.exitCode = 1;
  }
  if (options.writeBaseline) writeBaseline(summary);
}

if (process.argv.includes('--help')) console.log(usage);
else await run(readOptions(process.argv.slice(2)));
