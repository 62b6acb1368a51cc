import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonLines } from '../../src/kube/json-lines.ts';

async function* inPieces(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Buffer> {
  let start = 0;
  for (const cut of [...cuts, bytes.length].sort((a, b) => a - b)) {
    yield bytes.subarray(start, Math.min(cut, bytes.length));
    start = Math.min(cut, bytes.length);
  }
}

const read = async (chunks: AsyncIterable<Buffer>) => {
  const objects: unknown[] = [];
  for await (const object of jsonLines(chunks)) objects.push(object);
  return objects;
};

test('lines are the same wherever the chunks end', async () => {
  const object = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }));
  await fc.assert(
    fc.asyncProperty(fc.array(object), fc.array(fc.nat(400)), async (objects, cuts) => {
      const texts = objects.map((value) => JSON.stringify(value));
      const bytes = Buffer.from(texts.map((text) => `${text}\n`).join(''));
      const got = await read(inPieces(bytes, cuts));
      expect(got.map((value) => JSON.stringify(value))).toEqual(texts);
    }),
  );
});

test('blank lines are nothing, and a last line without an end is dropped', async () => {
  expect(await read(inPieces(Buffer.from('\n{"a":1}\r\n\n{"b":'), []))).toEqual([{ a: 1 }]);
});
