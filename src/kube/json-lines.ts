import { isJsonObject, type JsonObject } from '../json.ts';

const newline = 0x0a;

/** Objects in etcd are limited to some 1.5 MiB; this bounds what a broken peer can make us keep. */
const longestLine = 64 * 1024 * 1024;

/**
 * Cuts bytes into lines, one JSON object each, wherever the chunks end. A last line that is not complete is
 * what a cut connection leaves behind, and is dropped.
 *
 * @throws SyntaxError when a line is something else
 */
export async function* jsonLines(
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<JsonObject, void, undefined> {
  let open: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      open.push(chunk.subarray(start, end));
      const line = Buffer.concat(open).toString('utf8');
      open = [];
      size = 0;
      start = end + 1;
      if (line.trim() !== '') yield objectOf(line);
    }
    if (start === chunk.length) continue;
    open.push(chunk.subarray(start));
    size += chunk.length - start;
    if (size > longestLine) throw new SyntaxError('a line of the stream is too long');
  }
}

function objectOf(line: string): JsonObject {
  const value: unknown = JSON.parse(line);
  if (!isJsonObject(value)) throw new SyntaxError('a line of the stream is not a JSON object');
  return value;
}
