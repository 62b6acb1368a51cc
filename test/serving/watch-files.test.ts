import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fileNamespaces } from '../../src/serving/file-namespaces.ts';
import { watchFiles } from '../../src/serving/watch-files.ts';
import { keepLines } from '../kube/log-lines.ts';

let folder: string;
let stop: (() => Promise<void>) | undefined;
let calls: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outrigger-'));
  calls = 0;
});
afterEach(async () => {
  await stop?.();
  stop = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const { logger } = keepLines();
async function watch(...names: string[]) {
  const files = names.map((name) => join(folder, name));
  const changed = () => {
    calls++;
  };
  stop = await watchFiles(files, changed, logger);
  // The first call says that the watch has begun.
  await vi.waitFor(() => expect(calls).toBeGreaterThan(0), { interval: 5, timeout: 5000 });
  calls = 0;
}
const noticed = () =>
  vi
    .waitFor(() => expect(calls).toBeGreaterThan(0), { interval: 5, timeout: 5000 })
    .then(() => {
      calls = 0;
    });

/** A mounted ConfigMap, as kubelet makes and updates it. */
function mount(version: string): void {
  mkdirSync(join(folder, `..${version}`));
  writeFileSync(join(folder, `..${version}`, 'config'), version);
  symlinkSync(`..${version}`, join(folder, '..data_tmp'));
  renameSync(join(folder, '..data_tmp'), join(folder, '..data'));
}

test('a mounted ConfigMap that kubelet swaps is noticed, every time', async () => {
  mount('one');
  symlinkSync('..data/config', join(folder, 'config'));
  await watch('config');
  for (const [before, version] of [
    ['one', 'two'],
    ['two', 'three'],
  ] as const) {
    mount(version);
    rmSync(join(folder, `..${before}`), { recursive: true });
    await noticed();
    expect(readFileSync(join(folder, 'config'), 'utf8')).toBe(version);
  }
});

test('a file that is written, replaced, removed and made again is noticed', async () => {
  const file = join(folder, 'values');
  writeFileSync(file, 'one');
  await watch('values');
  writeFileSync(file, 'two');
  await noticed();
  writeFileSync(join(folder, 'values.tmp'), 'three');
  renameSync(join(folder, 'values.tmp'), file);
  await noticed();
  rmSync(file);
  await noticed();
  writeFileSync(file, 'four');
  await noticed();
});

test('namespaces in a file are read again, and a bad file changes nothing', async () => {
  const file = join(folder, 'namespaces.yaml');
  const write = (text: string) => writeFileSync(file, text);
  const log = keepLines();
  const said = (msg: string) =>
    vi.waitFor(() => expect(log.lines.map((line) => line['msg'])).toContain(msg), {
      interval: 5,
      timeout: 5000,
    });
  write('kind: Namespace\nmetadata: {name: one}\n');
  const known = await fileNamespaces(file, () => readFileSync(file, 'utf8'), log.logger);
  stop = () => known.stop();
  expect([...known.names()]).toEqual(['one']);
  write('kind: Pod\n');
  await said('the file of namespaces is wrong; what it said before holds');
  expect(known.namespace('one')).toBeDefined();
  write('kind: Namespace\nmetadata: {name: two}\n');
  await said('the namespaces were read again');
  expect([...known.names()]).toEqual(['two']);
  expect(known.tags()).toEqual(new Map());
});

test('a file of namespaces that is bad from the start is refused, with its name', async () => {
  const refused = fileNamespaces('ns.yaml', () => 'kind: Pod', logger);
  await expect(refused).rejects.toMatchObject({ place: { file: 'ns.yaml', document: 1 } });
});
