import { once } from 'node:events';
import { connect, type TLSSocket } from 'node:tls';

/** What became of one request. */
export interface Exchange {
  readonly status: number;
  /** Bytes of the answer's body. */
  readonly bytes: number;
  /** From the request's first byte to the answer's last. */
  readonly milliseconds: number;
}

const endOfHead = '\r\n\r\n';

/**
 * A kept-alive HTTPS connection that has one request under way at a time, and does no more about HTTP than the
 * benchmark needs: a client that costs as much as the server would measure itself.
 */
export class Connection {
  readonly #socket: TLSSocket;
  #received: Buffer[] = [];
  #bytes = 0;
  /** Where the answer under way ends; undefined until its head is there. */
  #whole: { readonly status: number; readonly head: number; readonly end: number } | undefined;
  #sent = 0;
  #done: ((exchange: Exchange) => void) | undefined;
  #failed: ((error: Error) => void) | undefined;

  private constructor(socket: TLSSocket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('error', (error) => this.#failed?.(error));
    socket.on('close', () => this.#failed?.(new Error('the server closed the connection')));
  }

  /** Connects, and waits for the handshake. */
  static async open(port: number): Promise<Connection> {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
    socket.setNoDelay(true);
    await once(socket, 'secureConnect');
    return new Connection(socket);
  }

  /**
   * Sends a request and waits for the whole answer.
   *
   * @param request head and body
   * @throws Error when the connection breaks
   */
  send(request: Buffer): Promise<Exchange> {
    return new Promise((resolve, reject) => {
      this.#done = resolve;
      this.#failed = reject;
      this.#sent = performance.now();
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#failed = undefined;
    this.#socket.destroy();
  }

  #receive(chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#whole === undefined) {
      this.#received.push(chunk);
      this.#whole = readHead(this.#received.length === 1 ? chunk : Buffer.concat(this.#received));
    }
    if (this.#whole === undefined || this.#bytes < this.#whole.end) return;
    const { status, head, end } = this.#whole;
    this.#received = [];
    this.#bytes = 0;
    this.#whole = undefined;
    this.#done?.({ status, bytes: end - head, milliseconds: performance.now() - this.#sent });
  }
}

/** Undefined when the head of the answer is not complete. */
function readHead(
  received: Buffer,
): { readonly status: number; readonly head: number; readonly end: number } | undefined {
  const head = received.indexOf(endOfHead) + endOfHead.length;
  if (head < endOfHead.length) return undefined;
  const text = received.toString('latin1', 0, head);
  const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(text) ?? [];
  const [, length] = /\r\ncontent-length: (\d+)\r\n/i.exec(text) ?? [];
  if (status === undefined || length === undefined)
    throw new Error(`no such answer is expected: ${text}`);
  return { status: Number(status), head, end: head + Number(length) };
}
