import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OutriggerError } from '../../src/errors.ts';
import { createHttpApiServer } from '../../src/kube/http-api-server.ts';
import {
  configMapNames,
  injectorConfigMap,
  meshConfigMaps,
} from '../../src/serving/config-map-source.ts';
import type { Source } from '../../src/serving/source.ts';
import { FakeApiServer } from '../kube/fake-api-server.ts';
import { keepLines } from '../kube/log-lines.ts';

const path = '/api/v1/namespaces/istio-system/configmaps';
let fake: FakeApiServer;
let source: Source<unknown> | undefined;
let changes = 0;

beforeEach(async () => {
  fake = await new FakeApiServer().start();
  changes = 0;
});
afterEach(async () => {
  await source?.stop();
  await fake.stop();
});

const place = () => ({
  api: createHttpApiServer(fake.url, async () => {}),
  namespace: 'istio-system',
  logger: keepLines().logger,
  following: () => {},
});
const put = (name: string, data?: Record<string, string>) =>
  fake.put(path, {
    metadata: { name, namespace: 'istio-system' },
    ...(data !== undefined && { data }),
  });
const state = (expected: object) =>
  vi.waitFor(() => expect(source?.read()).toMatchObject(expected), { interval: 5, timeout: 5000 });

function open<T>(made: Source<T>): Source<T> {
  source = made;
  made.listen(() => {
    changes++;
  });
  return made;
}

test('names are those of the charts, with the revision unless it is the default one', () => {
  expect(configMapNames('')).toEqual({ injector: 'istio-sidecar-injector', mesh: 'istio' });
  expect(configMapNames('default')).toEqual(configMapNames(''));
  expect(configMapNames('1-30')).toEqual({
    injector: 'istio-sidecar-injector-1-30',
    mesh: 'istio-1-30',
  });
});

test("the injector's ConfigMap is waited for, read, and missed when it goes", async () => {
  open(injectorConfigMap(place(), 'mine'));
  expect(source?.read()).toMatchObject({ reason: 'ConfigMap istio-system/mine to be read' });
  await state({ state: 'waiting', reason: 'ConfigMap istio-system/mine to be created' });
  put('other', { config: 'x', values: 'y' });
  put('mine', { config: 'c', values: 'v', template: 'ignored' });
  await state({ state: 'there', value: { config: { text: 'c' }, values: { text: 'v' } } });
  fake.remove(path, 'mine', 'istio-system');
  await state({ state: 'wrong', error: { message: 'no ConfigMap found' } });
  expect(changes).toBe(3);
});

test.each([
  [undefined, 'missing ConfigMap config key "config"'],
  [{ values: 'v' }, 'missing ConfigMap config key "config"'],
  [{ config: 'c' }, 'missing ConfigMap values key "values"'],
])("the injector's ConfigMap with %j is wrong", async (data, message) => {
  put('mine', data);
  open(injectorConfigMap(place(), 'mine'));
  await state({
    state: 'wrong',
    error: { message, place: { file: 'ConfigMap istio-system/mine' } },
  });
});

test('errors name the ConfigMap and the key', async () => {
  put('mine', { config: 'c', values: 'v' });
  const opened = open(injectorConfigMap(place(), 'mine'));
  await state({ state: 'there' });
  const reading = opened.read();
  if (reading.state !== 'there') throw new Error('it is there');
  const place2 = { path: 'templates.sidecar', line: 3 };
  const error = new OutriggerError('OUTRIGGER_TEMPLATE', 'bad', { place: place2, hint: 'do' });
  expect(reading.value.config.blame(error)).toMatchObject({
    message: 'bad',
    hint: 'do',
    place: { file: 'ConfigMap istio-system/mine, key config', path: 'templates.sidecar' },
  });
});

test('mesh ConfigMaps are read in order, and those that are missing count as empty', async () => {
  open(meshConfigMaps(place(), ['shared', 'istio']));
  expect(source?.description).toBe('ConfigMap istio-system/shared, ConfigMap istio-system/istio');
  expect(source?.read().state).toBe('waiting');
  await state({ state: 'there', value: [] });
  put('istio', { mesh: 'b', meshNetworks: 'n' });
  put('shared', { mesh: 'a' });
  await state({ value: [{ text: 'a' }, { text: 'b' }] });
  put('shared', { other: 'a' });
  await state({ value: [{ text: 'b' }] });
});

test('a ConfigMap that may not be read is waited for, and the reason told', async () => {
  fake.overrides.push(() => ({ status: 403, body: { message: 'configmaps is forbidden' } }));
  open(meshConfigMaps(place(), ['istio']));
  await state({
    state: 'waiting',
    reason: expect.stringMatching(
      /^ConfigMap istio-system\/istio to be read \(.*configmaps is forbidden\)$/,
    ),
  });
});
