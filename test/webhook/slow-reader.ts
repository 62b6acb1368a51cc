import { connect } from 'node:tls';

/**
 * Posts a body of blanks over a connection of its own, and reads nothing until the last byte is out. Gives
 * everything that came back, or the error.
 */
export function sendBeforeReading(port: number, bytes: number): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      socket.pause();
      socket.write(
        `POST /inject HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${bytes}\r\n\r\n`,
      );
      const chunk = Buffer.alloc(65_536, ' ');
      let left = bytes;
      const more = () => {
        while (left > 0) {
          const size = Math.min(left, chunk.length);
          left -= size;
          if (!socket.write(chunk.subarray(0, size))) {
            socket.once('drain', more);
            return;
          }
        }
        setTimeout(() => socket.resume(), 50);
      };
      more();
    });
    socket.on('data', (data) => {
      answer += data;
    });
    socket.on('error', (error) => resolve(error.message));
    socket.on('close', () => resolve(answer));
  });
}
