import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { nextMessage } from '../measure/child-answer.ts';
import { nodeFlags } from '../measure/node-flags.ts';
import { type ProgramRun, probe } from '../measure/run-program.ts';
import type { ServerUsage } from '../measure/server-process.ts';
import type { SettingsFlags } from '../settings.ts';

/** Starts a webhook without a cluster, and ends it as soon as it says that it is ready. */
export async function serveStart(program: string, settings: SettingsFlags): Promise<ProgramRun> {
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [
      ...['--require', probe, ...nodeFlags, program, 'serve', ...settings],
      ...['--host', '127.0.0.1', '--port', '0', '--metrics-port', '0', '--log-format', 'json'],
    ],
    { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] },
  );
  const ended = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout as Readable })) {
    if (!line.includes('"ready to inject"')) continue;
    const wallMs = performance.now() - started;
    child.send('usage');
    const { cpuUs, peakKiB } = await nextMessage<ServerUsage>(child);
    child.kill();
    await ended;
    return { wallMs, cpuMs: cpuUs / 1000, peakMiB: peakKiB / 1024 };
  }
  throw new Error('serve ended before it was ready');
}
