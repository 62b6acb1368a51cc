import { Session } from 'node:inspector/promises';
import { type Frame, type Stage, stageOf, stages } from './stages.ts';

/** A share of each stage, and all together 1. */
export type Shares = { readonly [name in Stage]: number };

/** A function in a profile, called by the one it hangs below. */
interface CallNode {
  readonly callFrame: Frame;
  readonly weight: number;
  readonly children: readonly CallNode[];
}

/** How often the running function is looked at, in microseconds. */
const timeBetweenSamples = 150;
/** How many bytes are allocated between samples. */
const bytesBetweenSamples = 4096;

/** In which stages the time goes. Samples are counted, so that a pause of the whole process does not matter. */
export async function timeShares(work: () => void): Promise<Shares> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: timeBetweenSamples });
  await session.post('Profiler.start');
  work();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const toCallNode = (id: number): CallNode => {
    const node = nodes.get(id)!;
    return {
      callFrame: node.callFrame,
      weight: node.hitCount ?? 0,
      children: (node.children ?? []).map(toCallNode),
    };
  };
  return shares(toCallNode(profile.nodes[0]!.id));
}

/** In which stages memory is allocated; what was freed again counts, too. */
export async function allocationShares(work: () => void): Promise<Shares> {
  const session = new Session();
  session.connect();
  await session.post('HeapProfiler.startSampling', {
    samplingInterval: bytesBetweenSamples,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  });
  work();
  const { profile } = await session.post('HeapProfiler.stopSampling');
  session.disconnect();
  type HeapNode = typeof profile.head;
  const toCallNode = ({ callFrame, selfSize, children }: HeapNode): CallNode => ({
    callFrame,
    weight: selfSize,
    children: children.map(toCallNode),
  });
  return shares(toCallNode(profile.head));
}

function shares(root: CallNode): Shares {
  const weights = new Map<Stage, number>();
  let all = 0;
  const visit = ({ callFrame, weight, children }: CallNode, outer: Stage): void => {
    const stage = stageOf(callFrame) ?? outer;
    weights.set(stage, (weights.get(stage) ?? 0) + weight);
    all += weight;
    for (const child of children) visit(child, stage);
  };
  visit(root, 'other');
  return Object.fromEntries(
    stages.map((stage) => [stage, (weights.get(stage) ?? 0) / all]),
  ) as unknown as Shares;
}
