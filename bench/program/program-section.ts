import { join } from 'node:path';
import { nodeFlags } from '../measure/node-flags.ts';
import { type ProgramRun, runProgram } from '../measure/run-program.ts';
import { medianOf } from '../measure/statistics.ts';
import { writeDeployments } from '../pods/deployments.ts';
import type { SettingsFlags } from '../settings.ts';
import { serveStart } from './serve-start.ts';

/** Medians of whole runs of a program. */
export interface ProgramFigures {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMiB: number;
  /** CPU time as a multiple of what Node.js takes to do nothing, in turn with it. */
  readonly ofNode: number;
}

/** Figures by what is run: `node` is Node.js alone. */
export type CommandFigures = { readonly [name: string]: ProgramFigures };

/** What is injected, and how often in a full run. */
const inputs = [
  { name: 'shop (6 Deployments)', file: 'shop', runs: 15 },
  { name: '1 Deployment', deployments: 1, runs: 15 },
  { name: '1,200 Deployments', deployments: 1200, runs: 5 },
  { name: '12,000 Deployments', deployments: 12_000, runs: 2 },
  { name: '12,000 Deployments, stdin', deployments: 12_000, stdin: true, runs: 1 },
] as const;

/**
 * Measures `kube-inject` and the start of `serve` as whole processes, in turn with a Node.js that does nothing.
 *
 * @param program the program's file
 * @param folder for temporary files
 * @param quick fewer runs, and not the largest input
 */
export async function measureProgram(
  program: string,
  settings: SettingsFlags,
  folder: string,
  quick: boolean,
): Promise<CommandFigures> {
  const idle = (): Promise<ProgramRun> => runProgram(['--eval', '0']);
  const idleRuns: ProgramRun[] = [];
  const figures: { [name: string]: ProgramFigures } = {};
  const measure = async (name: string, count: number, run: () => Promise<ProgramRun>) => {
    // Once for the caches of the machine, and for the compile cache; long runs would not notice.
    if (count > 2) await run();
    const pairs: { run: ProgramRun; idle: ProgramRun }[] = [];
    for (let at = 0; at < count; at++) pairs.push({ idle: await idle(), run: await run() });
    idleRuns.push(...pairs.map((pair) => pair.idle));
    figures[name] = {
      ...medians(pairs.map((pair) => pair.run)),
      ofNode: medianOf(pairs, (pair) => pair.run.cpuMs / pair.idle.cpuMs),
    };
  };
  for (const input of inputs) {
    if (quick && 'deployments' in input && input.deployments > 1200) continue;
    const path = 'file' in input ? fixture(input.file) : join(folder, `${input.deployments}.yaml`);
    if ('deployments' in input) writeDeployments(path, input.deployments);
    const stdin = 'stdin' in input ? path : undefined;
    const args = [
      ...nodeFlags,
      program,
      'kube-inject',
      '-f',
      stdin === undefined ? path : '-',
      ...settings,
    ];
    await measure(input.name, quick ? Math.min(input.runs, 3) : input.runs, () =>
      runProgram(args, stdin),
    );
  }
  await measure('serve until ready', quick ? 3 : 9, () => serveStart(program, settings));
  return { 'Node.js alone': { ...medians(idleRuns), ofNode: 1 }, ...figures };
}

function fixture(name: string): string {
  return new URL(`../fixtures/${name}.yaml`, import.meta.url).pathname;
}

function medians(runs: readonly ProgramRun[]): Omit<ProgramFigures, 'ofNode'> {
  return {
    wallMs: medianOf(runs, (run) => run.wallMs),
    cpuMs: medianOf(runs, (run) => run.cpuMs),
    peakMiB: medianOf(runs, (run) => run.peakMiB),
  };
}
