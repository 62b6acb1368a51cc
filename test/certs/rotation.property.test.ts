import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pemCertificates } from '../../src/certs/pem-certificates.ts';
import { FakeCluster } from './fake-cluster.ts';
import { createReplica, type Replica } from './replica.ts';
import { TestClock } from './test-clock.ts';

/** A request that waits to take effect. */
interface Waiting {
  readonly replica: number;
  readonly writes: boolean;
  readonly pass: () => void;
}

const entries = [{}, { entry: 'rev.sidecar-injector.istio.io' }];

const verified = new Map<string, { leaf: Date; authority: Date }>();

/** When a certificate expires, and when it stops being one that the bundle vouches for. */
function trustedUntil(certificate: string, bundle: string): { leaf: Date; authority: Date } {
  const known = verified.get(certificate + bundle);
  if (known !== undefined) return known;
  const leaf = new X509Certificate(certificate);
  const issuer = pemCertificates(bundle, 'bundle').find(
    ({ parsed }) => parsed.subject === leaf.issuer && leaf.verify(parsed.publicKey),
  );
  const until = { leaf: leaf.validToDate, authority: issuer?.parsed.validToDate ?? new Date(0) };
  verified.set(certificate + bundle, until);
  return until;
}

/** Runs replicas against each other; every choice comes from outside. */
class Race {
  readonly cluster = new FakeCluster();
  readonly clock = new TestClock();
  readonly replicas: Replica[] = [];
  readonly waiting: Waiting[] = [];
  /** Passes under way; each has at most one request at a time. */
  underWay = 0;
  readonly busy = new Set<string>();

  constructor(count: number) {
    this.wipe();
    for (let index = 0; index < count; index++) {
      const gated = Object.create(this.cluster) as FakeCluster;
      Object.defineProperty(gated, 'api', {
        value: {
          ...this.cluster.api,
          request: async (request: Parameters<FakeCluster['api']['request']>[0]) => {
            const writes = request.method !== undefined;
            await new Promise<void>((pass) => this.waiting.push({ replica: index, writes, pass }));
            return this.cluster.api.request(request);
          },
        },
      });
      this.replicas.push(createReplica(gated, this.clock));
    }
  }

  /** Starts a pass, unless one of the kind is under way: they never overlap. */
  start(index: number, kind: 'certificate' | 'bundles'): void {
    const key = `${index} ${kind}`;
    if (this.busy.has(key)) return;
    this.busy.add(key);
    this.underWay++;
    this.replicas[index]![kind].tend()
      .catch((error: unknown) => this.errors.push(error))
      .finally(() => {
        this.underWay--;
        this.busy.delete(key);
      });
  }
  readonly errors: unknown[] = [];

  pass(waiting: Waiting): void {
    this.waiting.splice(this.waiting.indexOf(waiting), 1);
    waiting.pass();
  }

  /** As when somebody applies the manifest again. */
  wipe(): void {
    this.cluster.putWebhooks('injector', 'default', entries);
  }

  /** Waits until everything under way waits for the cluster. */
  async settle(): Promise<void> {
    while (this.waiting.length < this.underWay)
      await new Promise((resolve) => setImmediate(resolve));
  }

  /** What the API server would find if it called any replica now. */
  check(): void {
    const now = this.clock.now();
    const bundles = this.cluster.bundles('injector').filter((bundle) => bundle !== '');
    for (const [index, replica] of this.replicas.entries()) {
      const served = replica.served();
      if (served === undefined) continue;
      for (const bundle of bundles) {
        const until = trustedUntil(served.certificate, bundle);
        if (now >= until.leaf || now < until.authority) continue;
        throw new Error(`${now.toISOString()}: replica ${index} is not trusted`);
      }
    }
  }
}

/**
 * One run: rounds in which every replica does its work once, with all requests in any order, and time that
 * passes anywhere in between. Replicas are held up for some rounds in the middle of whatever they do, and now
 * and then somebody wipes out the bundles.
 */
async function run(count: number, seed: number, rounds: number): Promise<Race> {
  const race = new Race(count);
  const choose = randomNumbers(seed);
  const held = new Set<number>();
  for (let round = 0; round < rounds; round++) {
    for (let index = 1; index < count; index++) {
      if (choose(10) < (held.has(index) ? 8 : 2)) held.add(index);
      else held.delete(index);
    }
    const todo = race.replicas.flatMap((_, index) =>
      (['certificate', 'bundles'] as const).map((kind) => ({ index, kind })),
    );
    for (;;) {
      await race.settle();
      race.check();
      const open = race.waiting.filter(({ replica }) => !held.has(replica));
      const startable = todo.filter(({ index }) => !held.has(index));
      if (open.length + startable.length === 0) break;
      const choice = choose(open.length + startable.length + 1);
      if (choice < open.length) {
        const waiting = open[choice]!;
        // The worst moment to be held up: a write that is decided, and not yet made.
        if (waiting.writes && waiting.replica > 0 && choose(2) === 0) held.add(waiting.replica);
        else race.pass(waiting);
      } else if (choice < open.length + startable.length) {
        const action = startable[choice - open.length]!;
        todo.splice(todo.indexOf(action), 1);
        race.start(action.index, action.kind);
      } else {
        race.clock.advance(choose(200));
        if (choose(15) === 0) race.wipe();
      }
    }
    race.clock.advance(choose(2000));
  }
  return race;
}

/** Whole numbers below a limit; always the same ones for a seed. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

test('no certificate in use is ever without its authority in the bundle, whatever the order of things', async () => {
  let rotations = 0;
  let insisted = 0;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 3 }), fc.nat(), async (count, seed) => {
      const race = await run(count, seed, 80);
      expect(race.errors).toEqual([]);
      const lines = race.replicas.flatMap((replica) => replica.lines);
      const made = lines.filter((line) => line === 'made a certificate authority');
      expect(made).toHaveLength(1);
      // With every look held up or wiped out, an authority may have to take over for want of time.
      if (lines.some((line) => line.includes('is about to expire'))) insisted++;
      rotations += lines.filter((line) => line.includes('has taken over')).length;
    }),
    { numRuns: 6, endOnFailure: true },
  );
  // Otherwise nothing of interest has been tried.
  expect(rotations).toBeGreaterThan(1);
  expect(insisted).toBeLessThan(3);
}, 60_000);
