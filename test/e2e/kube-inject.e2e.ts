import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { type CliResult, runCli } from '../cli/run-cli.ts';
import { yardstick, yardsticksIn } from '../conformance/conformance-folder.ts';
import { Cluster } from './cluster.ts';
import { makeNamespace } from './pods.ts';
import { readObjects } from './read-objects.ts';

const assets = inject('assets');

/** Manifests by name: our own, and the yardsticks where they are there. */
const manifests: { readonly [name: string]: string } = {
  'an application of every kind': join(import.meta.dirname, 'every-kind.yaml'),
  ...Object.fromEntries(
    yardsticksIn('data', 'istio', 'samples').map((name) => [
      `sample ${name}`,
      yardstick('data', 'istio', 'samples', name)!,
    ]),
  ),
  ...Object.fromEntries(
    yardsticksIn('cases', 'golden').map((name) => [
      `golden ${name}`,
      yardstick('cases', 'golden', name, 'input.yaml') ?? '',
    ]),
  ),
};
const names = Object.keys(manifests).filter((name) => manifests[name] !== '');

/** What the API server has against a manifest at its stages; empty when nothing. */
interface Verdict {
  readonly before: string;
  readonly injection: CliResult;
  readonly after: string;
  /** Istio's own answer to it, where that is recorded. */
  readonly upstream: string;
}

describe.skipIf(assets === '')('what kube-inject makes passes strict validation', () => {
  let cluster: Cluster;
  let verdicts: ReadonlyMap<string, Verdict>;

  beforeAll(async () => {
    cluster = await Cluster.start(assets);
    const kinds = await knownKinds();
    const texts = new Map(names.map((name) => [name, readFileSync(manifests[name]!, 'utf8')]));
    for (const namespace of namespacesIn([...texts.values()])) {
      await makeNamespace(cluster, namespace);
    }
    const injections = new Map<string, CliResult>();
    for (const name of names) {
      injections.set(name, await runCli(['kube-inject', '-f', manifests[name]!]));
    }
    const recorded = (name: string): string => {
      const file = yardstick('cases', 'golden', name.replace(/^golden /, ''), 'kube-inject.yaml');
      return file === undefined ? '' : readFileSync(file, 'utf8');
    };
    const before = await problems('before', kinds, (name) => texts.get(name)!);
    const after = await problems('after', kinds, (name) => injections.get(name)!.stdout);
    const upstream = await problems('upstream', kinds, recorded);
    verdicts = new Map(
      names.map((name) => [
        name,
        {
          before: before.get(name) ?? '',
          injection: injections.get(name)!,
          after: after.get(name) ?? '',
          upstream: upstream.get(name) ?? '',
        },
      ]),
    );
  }, 300_000);
  afterAll(() => cluster?.stop());

  test.for(names)('%s', (name, { skip }) => {
    const { before, injection, after, upstream } = verdicts.get(name)!;
    if (before !== '') skip(`refused before injection, too: ${before}`);
    // Some yardsticks are there to be refused, or need a template of their own.
    if (name.startsWith('golden ') && injection.code !== 0) skip(injection.stderr);
    expect(injection.code).toBe(0);
    if (upstream !== '' && after === upstream) skip(`Istio's own answer is refused, too: ${after}`);
    expect(after).toBe('');
  });

  /** What the API server says to each manifest, as kubectl words it. */
  async function problems(
    stage: string,
    kinds: ReadonlySet<string>,
    textOf: (name: string) => string,
  ): Promise<Map<string, string>> {
    const folder = join(cluster.folder, stage);
    mkdirSync(folder);
    let count = 0;
    for (const [index, name] of names.entries()) {
      const text = knownTo(kinds, textOf(name));
      if (text === '') continue;
      writeFileSync(join(folder, `${index}.yaml`), text);
      count++;
    }
    // kubectl takes an empty folder for a mistake; without the yardsticks Istio's own answers are not there.
    if (count === 0) return new Map();
    const flags = ['--dry-run=server', '--validate=strict'];
    const said = await cluster.kubectl(['apply', ...flags, '-f', folder]).then(
      () => '',
      ({ stderr }: { stderr: string }) => stderr,
    );
    const found = new Map<string, string>();
    for (const part of said.split(/^(?=Error from server|The \w+ "|error: |Warning: )/m)) {
      const [, index] = /\/(\d+)\.yaml"/.exec(part) ?? [];
      const name = index === undefined ? undefined : names[Number(index)];
      const text = part.replaceAll(folder, '').trim();
      if (name !== undefined) found.set(name, text);
      else if (text !== '' && !text.startsWith('Warning: ')) found.set('', text);
    }
    if (found.has('')) throw new Error(`kubectl says of some manifest: ${found.get('')}`);
    return found;
  }

  async function knownKinds(): Promise<ReadonlySet<string>> {
    const resources = await cluster.kubectl(['api-resources', '--no-headers']);
    return new Set(
      resources.split('\n').map((line) => {
        const [kind, , apiVersion] = line.trim().split(/\s+/).reverse();
        return `${apiVersion} ${kind}`;
      }),
    );
  }
});

function namespacesIn(texts: readonly string[]): ReadonlySet<string> {
  const found = texts
    .flatMap(readObjects)
    .map(({ metadata }) => (metadata as JsonObject | undefined)?.['namespace'])
    .filter((name) => typeof name === 'string')
    .filter((name) => name !== 'default' && !name.startsWith('kube-'));
  return new Set(found);
}

/** The manifest without the objects that the API server has no kind for. */
function knownTo(kinds: ReadonlySet<string>, manifest: string): string {
  const objects = readObjects(manifest);
  const known = objects.filter(({ apiVersion, kind }) => kinds.has(`${apiVersion} ${kind}`));
  if (known.length === objects.length) return manifest;
  return known.length === 0 ? '' : JSON.stringify({ apiVersion: 'v1', kind: 'List', items: known });
}
