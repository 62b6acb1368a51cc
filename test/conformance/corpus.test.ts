import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Injection, loadInjection } from '../../src/cli/documents/load-injection.ts';
import { errorsIn } from '../../src/cli/several-errors.ts';
import { OutriggerError } from '../../src/errors.ts';
import { parseGoYaml } from '../../src/goyaml/index.ts';
import type { SourceDocument } from '../../src/manifest/documents/source-document.ts';
import { splitDocuments } from '../../src/manifest/documents/split-documents.ts';
import { injectDocument } from '../../src/manifest/inject-document.ts';
import type { RewrittenDocument } from '../../src/manifest/rewritten-document.ts';
import { uninjectDocument } from '../../src/manifest/uninject-document.ts';
import { type Random, randomManifest, seededRandom } from '../manifest/random-manifest.ts';
import { randomWorkload } from '../manifest/random-workload.ts';
import { concernedLines, touchedLines } from './concerned-lines.ts';
import { conformanceFolder, yardstick } from './conformance-folder.ts';

const context = {
  stdin: Readable.from([]),
  stdout: process.stdout,
  stderr: process.stderr,
  env: {},
  colour: false,
  exitCode: 0,
};

/** Lines that are not as they were although nothing on them changed. */
function wronglyTouched({ text, line }: SourceDocument, { change }: RewrittenDocument): string[] {
  if (!change) return [];
  const concerned = concernedLines(text, change.before, change.after);
  const lines = text.split('\n');
  return [...touchedLines(text, change.edits, concerned)]
    .filter((number) => !concerned.has(number))
    .map((number) => `${line + number - 1}: ${lines[number - 1]}`);
}

/** What came of looking at a text. */
interface Checked {
  /** Documents that were injected. */
  readonly injected: number;
  /** Lines that should have stayed. */
  readonly wrong: readonly string[];
}

/** Injects every document of a text and takes the injection back, looking at every line both times. */
async function check(
  text: string,
  { injector, configuration, kinds }: Injection,
): Promise<Checked> {
  const wrong: string[] = [];
  let injected = 0;
  for await (const document of splitDocuments([text])) {
    const wasInjected = document.text.includes('sidecar.istio.io/status');
    if (
      !wasInjected &&
      (await uninjectDocument(document, configuration, kinds)).text !== document.text
    ) {
      wrong.push(`document ${document.number} has nothing to take out, and changed`);
    }
    const result = await injectDocument(document, injector, kinds);
    if (result.change === undefined) {
      if (result.text !== document.text) wrong.push(`document ${document.number} changed`);
      continue;
    }
    injected++;
    wrong.push(...wronglyTouched(document, result));
    const crlf = !/(?<!\r)\n/.test(document.text);
    if (crlf && /(?<!\r)\n/.test(result.text)) wrong.push('a line end is not that of Windows');
    const again = { ...document, text: result.text };
    const back = await uninjectDocument(again, configuration, kinds);
    wrong.push(...wronglyTouched(again, back).map((line) => `taken back: ${line}`));
    const additive = touchedLines(document.text, result.change.edits, new Set()).size === 0;
    if (additive && !wasInjected && document.text.endsWith('\n') && back.text !== document.text) {
      wrong.push('taken back: not the text that it was');
    }
  }
  return { injected, wrong };
}

describe.each([['true'], ['false']] as const)('with native sidecars: %s', (nativeSidecars) => {
  let injection: Injection;
  beforeAll(async () => {
    injection = await loadInjection({ nativeSidecars }, context);
  });

  const files = yardstick() === undefined ? [] : yamlBelow(conformanceFolder);

  it.skipIf(files.length === 0)(
    'every manifest of the yardsticks keeps the lines that injection does not concern',
    async () => {
      let injected = 0;
      for (const name of files) {
        try {
          const checked = await check(
            readFileSync(join(conformanceFolder, name), 'utf8'),
            injection,
          );
          injected += checked.injected;
          expect(checked.wrong, name).toEqual([]);
        } catch (error) {
          // Some are there to be refused, or are no manifests.
          for (const one of errorsIn(error)) {
            if (!(one instanceof OutriggerError)) throw one;
          }
        }
      }
      expect(injected).toBeGreaterThan(100);
    },
    120_000,
  );

  it.each([
    ['workloads in every style', randomWorkload],
    ['a plain workload amid noise', noisyManifest],
    ['JSON', jsonWorkload],
  ])(
    'generated manifests keep them, too: %s',
    async (_, generate) => {
      let injected = 0;
      for (let seed = 0; seed < 200; seed++) {
        const checked = await check(generate(seededRandom(seed)), injection);
        injected += checked.injected;
        expect(checked.wrong, `seed ${seed}`).toEqual([]);
      }
      expect(injected).toBeGreaterThan(190);
    },
    120_000,
  );
});

function yamlBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name))
    .sort();
}

function jsonWorkload(random: Random): string {
  const object = parseGoYaml(randomWorkload(random).replace(/^\ufeff/, ''));
  const text = `${JSON.stringify(object, undefined, [2, 4, '\t'][random(2)])}\n`;
  return random(4) === 0 ? text.replaceAll('\n', '\r\n') : text;
}

/** A Deployment in block style with anything at all beside it. */
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
