import type { IncomingMessage } from 'node:http';

/**
 * Reads the rest of a request's body and throws it away. A client that is still sending when the connection
 * closes gets a reset and may never see the answer, so even a body that is refused is read, up to a limit.
 *
 * @param most bytes after which reading stops
 * @returns how many bytes came; the promise never rejects
 */
export function drainBody(message: IncomingMessage, most: number): Promise<number> {
  return new Promise((resolve) => {
    let bytes = 0;
    const onData = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > most) finish();
    };
    const finish = () => {
      message.off('data', onData);
      message.off('end', finish);
      message.off('close', finish);
      message.off('error', finish);
      resolve(bytes);
    };
    if (message.readableEnded || message.destroyed) {
      resolve(0);
      return;
    }
    message.on('data', onData);
    message.on('end', finish);
    message.on('close', finish);
    message.on('error', finish);
    message.resume();
  });
}
