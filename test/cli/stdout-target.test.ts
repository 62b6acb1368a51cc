import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { stdoutTarget } from '../../src/cli/output/stream-target.ts';
import { temporaryFolder } from './run-cli.ts';

/** What the stream for standard output is given. */
function collector(): { stream: Writable; text: () => string } {
  const pieces: Buffer[] = [];
  const stream = new Writable({
    write(piece: Buffer, _encoding, done) {
      pieces.push(piece);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(pieces).toString() };
}

test('what a descriptor takes does not open the stream', async () => {
  const path = join(temporaryFolder().path, 'out');
  const descriptor = openSync(path, 'w');
  const target = stdoutTarget({
    stdoutDescriptor: descriptor,
    get stdout(): Writable {
      throw new Error('opened');
    },
  });
  target.write('é\n');
  target.write('b\n'.repeat(100_000));
  expect(readFileSync(path, 'utf8')).toBe('');
  await target.commit();
  closeSync(descriptor);
  expect(readFileSync(path, 'utf8') === `é\n${'b\n'.repeat(100_000)}`).toBe(true);
});

test('what it does not take goes to the stream, which tells what is wrong', async () => {
  const descriptor = openSync('/dev/null', 'r');
  const { stream, text } = collector();
  const target = stdoutTarget({ stdoutDescriptor: descriptor, stdout: stream });
  target.write('é\n');
  await target.commit();
  closeSync(descriptor);
  expect(text()).toBe('é\n');
});

test('without a descriptor everything goes to the stream', async () => {
  const { stream, text } = collector();
  const target = stdoutTarget({ stdout: stream });
  target.write('a');
  await target.commit();
  expect(text()).toBe('a');
});
