import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { loadInjection } from '../../src/cli/documents/load-injection.ts';
import { errorsIn } from '../../src/cli/several-errors.ts';
import { OutriggerError } from '../../src/errors.ts';
import type { PatchOperation } from '../../src/inject/index.ts';
import { splitDocuments } from '../../src/manifest/documents/split-documents.ts';
import { injectDocument } from '../../src/manifest/inject-document.ts';
import { type Random, randomManifest, seededRandom } from '../manifest/random-manifest.ts';
import { conformanceFolder, yardstick } from './conformance-folder.ts';

/** Lines of `before` that are missing in `after`, in order. */
function missing(before: string, after: string): string[] {
  const lines = after.split('\n');
  let at = 0;
  return before.split('\n').filter((line) => {
    const found = lines.indexOf(line, at);
    if (found < 0) return true;
    at = found + 1;
    return false;
  });
}

/** The members that a patch replaces or removes; empty for one whose lines cannot be told by their key. */
function touchedKeys(patch: readonly PatchOperation[]): string[] {
  return patch
    .filter(({ op }) => op !== 'add')
    .map(({ path }) => (path.split('/').at(-1) ?? '').replaceAll('~1', '/').replace(/^\d+$/, ''));
}

/** Lines that are gone though no operation is about them or about what they stand in. */
function unexplained(lost: readonly string[], keys: readonly string[]): string[] {
  if (keys.includes('')) return [];
  let inside = Number.POSITIVE_INFINITY;
  return lost.filter((line) => {
    const indent = line.search(/\S/);
    if (indent > inside) return false;
    const touched = keys.some((key) => line.includes(key));
    inside = touched ? indent : Number.POSITIVE_INFINITY;
    // A flow collection that grows is written anew.
    return !touched && !/[[{]/.test(line);
  });
}

interface Injected {
  readonly text: string;
  readonly patch: readonly PatchOperation[];
}

const context = {
  stdin: Readable.from([]),
  stdout: process.stdout,
  stderr: process.stderr,
  env: {},
  colour: false,
  exitCode: 0,
};
const injection = loadInjection({}, context);

/** Injects a manifest as the command line does; the configuration is only compiled once. */
async function inject(text: string): Promise<Injected> {
  const { injector, kinds } = await injection;
  const patch: PatchOperation[] = [];
  let output = '';
  for await (const document of splitDocuments([text])) {
    const result = await injectDocument(document, injector, kinds);
    patch.push(...(result.object?.patch ?? []));
    output += result.text + document.separator;
  }
  return { text: output, patch };
}

function yamlBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name))
    .sort();
}

const files = yardstick() === undefined ? [] : yamlBelow(conformanceFolder);

describe.skipIf(files.length === 0)('every manifest of the yardsticks', () => {
  it('keeps the lines that injection does not concern', async () => {
    let injected = 0;
    for (const name of files) {
      const before = readFileSync(join(conformanceFolder, name), 'utf8');
      let after: Injected;
      try {
        after = await inject(before);
      } catch (error) {
        // Some are there to be refused, or are no manifests.
        for (const one of errorsIn(error)) expect(one).toBeInstanceOf(OutriggerError);
        continue;
      }
      if (after.text === before) continue;
      injected++;
      const lost = missing(before, after.text);
      expect(unexplained(lost, touchedKeys(after.patch)), name).toEqual([]);
    }
    expect(injected).toBeGreaterThan(20);
  }, 60_000);
});

/** A manifest as people write them: noise of all sorts around a Deployment, whose own lines are block style. */
function noisyManifest(random: Random): string {
  const noise = randomManifest(random, {
    flow: true,
    aliases: true,
    compact: true,
    lastBreak: true,
  })
    .replaceAll('\r\n', '\n')
    .replace(/^\ufeff/, '');
  const indented = noise.replace(/^(?=.)/gm, '  ');
  const text = `# größe, 大きさ 😀
apiVersion: apps/v1
kind: Deployment
metadata:
  name:   "web"   # the shop
  annotations:
    folded: >-
      one line
        more indented

      the end
    tab: "a\tb"
    literal: |+
      # no comment
      ---a

x-noise:
${indented}
x-anchor: &env
  - {name: A, value: 'ünï'}
  - name: B
    value: "two \\
      lines"
spec:
  template:
    metadata:
      labels:
        app: web
    spec:
      # one is enough
      containers:

        - name: 'web'   # here
          image: "web:${random(9)}"
          env: *env
          args: [ "--a",   '--b' ]
# the end
---
kind: Other   # not for us
key:   [ as, it,is ]
`;
  const ended = random(2) === 0 ? text.replaceAll('\n', '\r\n') : text;
  return (random(3) === 0 ? '\ufeff' : '') + ended;
}

describe('generated manifests', () => {
  it('keep every line, and gain what injection adds', async () => {
    for (let seed = 0; seed < 200; seed++) {
      const before = noisyManifest(seededRandom(seed));
      const { text: stdout } = await inject(before);
      expect(stdout).toContain('istio-proxy');
      expect(missing(before, stdout), `seed ${seed}`).toEqual([]);
      const breaks = before.includes('\r\n') ? /[^\r]\n/ : /\r/;
      expect(stdout, `seed ${seed}`).not.toMatch(breaks);
    }
  }, 60_000);
});
