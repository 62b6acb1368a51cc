import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { readSwitches } from '../../src/cli/serve/istio-switches.ts';
import type { ServeOptions } from '../../src/cli/serve/serve-options.ts';
import { packageInfo } from '../../src/package.ts';

const flags: ServeOptions = {
  istioNamespace: 'istio-system',
  port: 0,
  tlsNames: [],
  logLevel: 'info',
  logFormat: 'json',
};

test.each([
  [{}, true, true],
  [{ INJECT_ENABLED: 'true', INJECTION_WEBHOOK_CONFIG_NAME: 'any' }, true, true],
  [{ INJECT_ENABLED: 'rubbish' }, true, true],
  [{ INJECT_ENABLED: 'false' }, false, false],
  [{ INJECT_ENABLED: '0' }, false, false],
  [{ INJECTION_WEBHOOK_CONFIG_NAME: '' }, true, false],
])('with %j pods are injected: %j, and webhooks looked after: %j', (env, injects, manages) => {
  const read = readSwitches(flags, env);
  expect([read.injects, read.options.manageWebhook]).toEqual([injects, manages]);
  expect(read.notes).toHaveLength(injects && manages ? 0 : 1);
});

test('a flag stays what it is', () => {
  expect(readSwitches({ ...flags, manageWebhook: false }, {}).options.manageWebhook).toBe(false);
});

test('with INJECT_ENABLED=false every pod is let through, and the log says why', {
  timeout: 30_000,
}, async () => {
  const main = join(packageInfo().root, 'src', 'main.ts');
  const child = spawn(process.execPath, [main, 'serve', '--port', '0', '--metrics-port', '0'], {
    env: { PATH: process.env['PATH'], INJECT_ENABLED: 'false' },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: { msg: string; port?: number; reason?: string }[] = [];
  let port: number | undefined;
  for await (const line of createInterface(child.stdout)) {
    lines.push(JSON.parse(line));
    port ??= lines.at(-1)?.port;
    if (lines.some(({ msg }) => msg.startsWith('ready'))) break;
  }
  expect(lines.map(({ msg }) => msg)).toEqual([
    'injection is turned off (INJECT_ENABLED): pods are let through as they are',
    'listening',
    'ready, and every pod is let through as it is',
  ]);
  const asked = spawn(process.execPath, [
    ...[main, 'try', '--url', `https://localhost:${port}/inject`],
  ]);
  let answer = '';
  asked.stderr.on('data', (text) => {
    answer += text;
  });
  await new Promise((done) => asked.on('close', done));
  expect(answer).toContain('The webhook left the pod alone (injection-off)');
});
