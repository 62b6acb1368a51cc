import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { Agent } from 'node:https';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { listenError } from '../../src/cli/serve/listen-error.ts';
import { stopSignal } from '../../src/cli/serve/stop-signals.ts';
import { review } from './sample-review.ts';
import { send } from './test-server.ts';

/** The server in a process of its own. */
class Served {
  readonly child: ChildProcess;
  readonly ended: Promise<number | string | null>;
  stdout = '';
  stderr = '';

  constructor(...args: string[]) {
    const script = join(import.meta.dirname, 'serve-child.ts');
    this.child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout?.on('data', (data) => {
      this.stdout += data;
    });
    this.child.stderr?.on('data', (data) => {
      this.stderr += data;
    });
    this.ended = new Promise((resolve) =>
      this.child.on('close', (code, signal) => resolve(code ?? signal)),
    );
  }

  get log(): { [field: string]: unknown }[] {
    return this.stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  }

  /** Waits for a log line with this sentence. */
  async logged(sentence: string): Promise<{ [field: string]: unknown }> {
    for (;;) {
      const line = this.stdout.includes(`"msg":"${sentence}"`)
        ? this.log.find(({ msg }) => msg === sentence)
        : undefined;
      if (line !== undefined) return line;
      if (this.child.exitCode !== null) throw new Error(`ended early: ${this.stderr}`);
      await pause(20);
    }
  }

  async port(): Promise<number> {
    return Number((await this.logged('listening'))['port']);
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
let served: Served | undefined;
afterEach(async () => {
  if (served?.child.exitCode === null) served.child.kill('SIGKILL');
  await served?.ended;
});

async function openRequest(port: number): Promise<TLSSocket> {
  const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('secureConnect', resolve));
  socket.write(
    'POST /inject HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{',
  );
  await pause(100);
  return socket;
}

describe('the server process', () => {
  test('logs what it goes by, answers what is under way on SIGTERM, and ends with 0', async () => {
    served = new Served();
    const port = await served.port();
    await served.logged('ready to inject');
    expect(served.stderr).toBe('');
    expect(served.log).toMatchObject([
      {
        level: 'info',
        msg: 'listening',
        host: '127.0.0.1',
        configuration: 'built in',
        certificate: 'self-signed, made at this start',
        certificateNames: expect.arrayContaining(['outrigger.istio-system.svc', 'more.example']),
      },
      { level: 'info', msg: 'ready to inject', cluster: 'none', configuration: 'built in' },
    ]);
    const agent = new Agent({ keepAlive: true, maxSockets: 20 });
    const body = JSON.stringify(review());
    await Promise.all(Array.from({ length: 20 }, () => send(port, { body, agent })));
    const slow = await openRequest(port);
    const answer = new Promise<string>((resolve) => {
      let text = '';
      slow.on('data', (data) => {
        text += data;
      });
      slow.on('close', () => resolve(text));
    });
    served.child.kill('SIGTERM');
    await served.logged('stopping: requests under way are finished');
    await expect(send(port, { body, agent: new Agent() })).rejects.toThrow('ECONNREFUSED');
    slow.write(' '.repeat(999));
    expect(await answer).toMatch(/^HTTP\/1\.1 200 [\s\S]*"allowed":false/);
    expect(await served.ended).toBe(0);
    expect(served.log.at(-1)).toMatchObject({ level: 'info', msg: 'stopped' });
    agent.destroy();
  });

  test('ends at once on a second signal, and says so when its port is taken', async () => {
    served = new Served();
    const port = await served.port();
    const taken = new Served('127.0.0.1', String(port));
    expect(await taken.ended).toBe(1);
    expect(taken.stderr).toContain(
      `cannot listen on 127.0.0.1:${port}: another program uses this port`,
    );
    const slow = await openRequest(port);
    served.child.kill('SIGINT');
    await pause(400);
    expect(served.child.exitCode).toBeNull();
    served.child.kill('SIGINT');
    expect(await served.ended).toBe(1);
    slow.destroy();
  });
});

describe('signals to stop', () => {
  test('count as one wish when they follow each other at once, and as impatience later', async () => {
    const process = new EventEmitter();
    const impatient: string[] = [];
    const stopped = stopSignal(process, (signal) => impatient.push(signal));
    process.emit('SIGINT', 'SIGINT');
    process.emit('SIGINT', 'SIGINT');
    expect(await stopped).toBe('SIGINT');
    expect(impatient).toEqual([]);
    await pause(350);
    process.emit('SIGTERM', 'SIGTERM');
    expect(impatient).toEqual(['SIGTERM']);
  });
});

test.each([
  ['EADDRINUSE', '0.0.0.0', 'cannot listen on 0.0.0.0:443: another program uses this port'],
  ['EACCES', '::', 'cannot listen on [::]:443: this user may not use this port'],
  [
    'EADDRNOTAVAIL',
    '192.0.2.1',
    'cannot listen on 192.0.2.1:443: this machine has no such address',
  ],
  ['ENOTFOUND', 'nowhere', 'cannot listen on nowhere:443: there is no such host name'],
  ['EWHATEVER', 'x', 'cannot listen on x:443: something else'],
])('%s is said in plain words', (code, host, message) => {
  const error = listenError(Object.assign(new Error('something else'), { code }), host, 443);
  expect(error).toMatchObject({ code: 'OUTRIGGER_SERVER', message, hint: expect.any(String) });
});
