import type { EngineFigures } from '../engine/engine-section.ts';
import type { GrowthFigures } from '../engine/growth-section.ts';
import { stages } from '../engine/stages.ts';
import { rounded } from '../measure/statistics.ts';
import type { CommandFigures } from '../program/program-section.ts';
import type { SoakFigures } from '../webhook/soak-section.ts';
import { type Target, targets, type WebhookFigures } from '../webhook/webhook-section.ts';
import { table } from './table.ts';

/** Everything that a run measured; what was not asked for is absent. */
export interface Figures {
  readonly machine: { readonly [fact: string]: string | number | boolean };
  readonly settings: string;
  readonly engine?: EngineFigures;
  readonly webhook?: WebhookFigures;
  readonly program?: CommandFigures;
  readonly growth?: GrowthFigures;
  readonly soak?: SoakFigures;
}

/** The engine's figures as a table. */
export function engineTable({
  differing,
  charted,
  replicas,
  differingUnlearnt,
  answeredAgainUs,
}: EngineFigures): string {
  const columns = [differing, charted, replicas, differingUnlearnt];
  const rows = stages.map((stage) => [
    stage,
    ...columns.flatMap(({ stages: all }) => [all[stage].cpuUs, all[stage].allocatedKiB]),
  ]);
  const figures = table(
    'Engine in process, for each pod: CPU µs and KiB allocated',
    [
      'stage',
      ...['differing µs', 'KiB', 'charted µs', 'KiB', 'replicas µs', 'KiB'],
      ...['nothing learnt µs', 'KiB'],
    ],
    [
      ...rows,
      ['whole', ...columns.flatMap(({ cpuUs, allocatedKiB }) => [cpuUs, allocatedKiB])],
      ['kept, bytes', ...columns.flatMap(({ keptBytes }) => ['', keptBytes])],
    ],
  );
  return `${figures}A replica answered from memory, from text to text: ${rounded(answeredAgainUs)} µs\n`;
}

function labelOf(target: Target): string {
  if (target === 'echo') return 'echo (the ceiling)';
  return target === 'parsing echo' ? target : `webhook, ${target}`;
}

/** The webhook's figures and the ceilings' as a table. */
export function webhookTable(figures: WebhookFigures): string {
  const rows = targets.flatMap((target) =>
    Object.entries(figures[target]).map(([connections, load]) => [
      labelOf(target),
      connections,
      load.perSecond,
      load.ofCeiling,
      load.cpuUs,
      load.ofCeilingByCpu,
      load.p50Ms,
      load.p99Ms,
      load.p999Ms,
      load.loopP99Ms,
      load.peakMiB,
      load.turnedAway,
      load.generatorBusy,
    ]),
  );
  return table(
    'Webhook over HTTPS, the server on one core',
    [
      'server, pods',
      'connections',
      'requests/s',
      'of ceiling',
      'CPU µs',
      'of ceiling by CPU',
      'p50 ms',
      'p99 ms',
      'p99.9 ms',
      'loop delay p99 ms',
      'peak MiB',
      'turned away',
      'load busy',
    ],
    rows,
  );
}

/** The figures of whole runs as a table. */
export function programTable(figures: CommandFigures): string {
  return table(
    'Whole processes: kube-inject, and serve until it is ready',
    ['run', 'wall ms', 'CPU ms', 'peak MiB', 'CPU of Node.js alone'],
    Object.entries(figures).map(([name, { wallMs, cpuMs, peakMiB, ofNode }]) => [
      name,
      wallMs,
      cpuMs,
      peakMiB,
      ofNode,
    ]),
  );
}

/** How time grows as a table. */
export function growthTable(figures: GrowthFigures): string {
  return table(
    'Growth: CPU µs for an input and for a larger one',
    ['what grows', 'factor', 'small', 'large', 'times as long', 'verdict'],
    Object.entries(figures).map(([name, { factor, smallUs, largeUs, times, linear }]) => [
      name,
      factor,
      smallUs,
      largeUs,
      times,
      linear ? 'linear or better' : 'MORE THAN LINEAR',
    ]),
  );
}

/** What a soak did to memory as a table. */
export function soakTable(figures: SoakFigures): string {
  const { injections, turnedAway, perSecond, cpuUs, peakMiB, earlyMiB, lateMiB, flat } = figures;
  return table(
    'Soak',
    [
      'injections',
      'turned away',
      'a second',
      'CPU µs',
      'peak MiB',
      'early MiB',
      'late MiB',
      'verdict',
    ],
    [
      [
        injections,
        turnedAway,
        perSecond,
        cpuUs,
        peakMiB,
        earlyMiB,
        lateMiB,
        flat ? 'flat' : 'GROWS',
      ],
    ],
  );
}
