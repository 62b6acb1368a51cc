import { readFileSync, writeFileSync } from 'node:fs';
import { rounded } from '../measure/statistics.ts';
import { targets } from '../webhook/webhook-section.ts';
import type { Figures } from './print.ts';

/**
 * Costs as multiples of something that was measured in the same run on the same machine: the webhook's of the
 * echo's, the program's of what Node.js takes to do nothing. Less is better.
 */
export type Baseline = { readonly [name: string]: number };

/** A cost that is more than this above the baseline's is a regression. */
const tolerance = 0.15;

const file = new URL('../baseline.json', import.meta.url);

/** Sums a run up for comparison. */
export function summarise({ webhook, program }: Figures): Baseline {
  const summary: { [name: string]: number } = {};
  for (const target of targets) {
    for (const [connections, load] of Object.entries(webhook?.[target] ?? {})) {
      if (target === 'echo' || target === 'parsing echo') continue;
      const name = `webhook, ${target}, ${connections} connections: CPU, echo = 1`;
      summary[name] = rounded(1 / load.ofCeilingByCpu);
    }
  }
  for (const [name, { ofNode, peakMiB }] of Object.entries(program ?? {})) {
    if (name === 'Node.js alone') continue;
    summary[`${name}: CPU, Node.js alone = 1`] = rounded(ofNode);
    const alone = program?.['Node.js alone']?.peakMiB;
    if (alone !== undefined)
      summary[`${name}: memory, Node.js alone = 1`] = rounded(peakMiB / alone);
  }
  return summary;
}

/** The baseline that is committed. */
export function readBaseline(): Baseline {
  return JSON.parse(readFileSync(file, 'utf8')) as Baseline;
}

/** Replaces the figures in the baseline that this run has measured. */
export function writeBaseline(run: Baseline): void {
  const next = { ...readBaseline(), ...run };
  writeFileSync(file, `${JSON.stringify(next, undefined, 2)}\n`);
}

/** What this run measured next to the baseline. */
export interface Comparison {
  readonly rows: readonly (readonly (string | number)[])[];
  readonly regressions: number;
}

/** Compares what is in both. */
export function compare(run: Baseline, baseline: Baseline): Comparison {
  let regressions = 0;
  const rows = Object.entries(run).flatMap(([name, now]) => {
    const before = baseline[name];
    if (before === undefined) return [];
    const change = now / before - 1;
    const worse = change > tolerance;
    if (worse) regressions++;
    const sign = change > 0 ? '+' : '';
    return [[name, before, now, `${sign}${(change * 100).toFixed(0)} %`, worse ? 'SLOWER' : '']];
  });
  return { rows, regressions };
}
