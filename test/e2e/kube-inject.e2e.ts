import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { yardstick, yardsticksIn } from '../conformance/conformance-folder.ts';
import { Cluster } from './cluster.ts';
import { makeNamespace } from './pods.ts';
import { readObjects } from './read-objects.ts';

const assets = inject('assets');
const run = promisify(execFile);

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

describe.skipIf(assets === '')('what kube-inject makes passes strict validation', () => {
  let cluster: Cluster;
  let kinds: ReadonlySet<string>;

  beforeAll(async () => {
    cluster = await Cluster.start(assets);
    const resources = await cluster.kubectl(['api-resources', '--no-headers']);
    kinds = new Set(
      resources.split('\n').map((line) => {
        const [kind, , apiVersion] = line.trim().split(/\s+/).reverse();
        return `${apiVersion} ${kind}`;
      }),
    );
    const namespaces = new Set(
      Object.values(manifests)
        .filter((file) => file !== '')
        .flatMap((file) => readObjects(readFileSync(file, 'utf8')))
        .map((object) => (object['metadata'] as JsonObject | undefined)?.['namespace'])
        .filter((name) => typeof name === 'string' && name !== 'default'),
    );
    for (const name of namespaces) {
      if (!String(name).startsWith('kube-')) await makeNamespace(cluster, String(name));
    }
  });
  afterAll(() => cluster?.stop());

  test.for(Object.entries(manifests))('%s', async ([name, file], { skip }) => {
    if (file === '') skip('there is no input');
    const input = knownTo(kinds, readFileSync(file, 'utf8'));
    if (input === '') skip('the API server knows none of its kinds');
    const before = await problemsOf(input);
    if (before !== '') skip(`refused before injection, too: ${before}`);
    const injected = await run(process.execPath, [
      join(inject('dist'), 'outrigger.js'),
      'kube-inject',
      '-f',
      file,
    ]).catch((error: { stderr: string }) => error);
    // Some yardsticks are there to be refused, or need a template of their own.
    const refused = name.startsWith('golden ') && injected.stderr.includes('injection template');
    if (refused) skip(`kube-inject refuses it: ${injected.stderr}`);
    const after = await problemsOf(knownTo(kinds, (injected as { stdout: string }).stdout));
    const answer = name.replace(/^golden /, '');
    const recorded = yardstick('cases', 'golden', answer, 'kube-inject.yaml');
    if (after !== '' && recorded !== undefined) {
      const upstream = await problemsOf(knownTo(kinds, readFileSync(recorded, 'utf8')));
      expect(after).toBe(upstream);
      skip(`Istio's own answer is refused in the same way: ${upstream}`);
    }
    expect(after).toBe('');
  });

  async function problemsOf(manifest: string): Promise<string> {
    try {
      await cluster.kubectl(
        ['create', '--dry-run=server', '--validate=strict', '-f', '-'],
        manifest,
      );
      return '';
    } catch (error) {
      return String((error as { stderr?: string }).stderr ?? error);
    }
  }
});

/** The manifest without the objects that the API server has no kind for. */
function knownTo(kinds: ReadonlySet<string>, manifest: string): string {
  const objects = readObjects(manifest);
  const known = objects.filter(({ apiVersion, kind }) => kinds.has(`${apiVersion} ${kind}`));
  if (known.length === objects.length) return manifest;
  return known.length === 0 ? '' : JSON.stringify({ apiVersion: 'v1', kind: 'List', items: known });
}
