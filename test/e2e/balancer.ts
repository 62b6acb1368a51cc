import { request } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A replica as the balancer sees it. */
export interface Backend {
  readonly host: string;
  readonly port: number;
  /** For probes, over plain HTTP. */
  readonly healthPort: number;
}

const probePeriodMs = 100;

/**
 * Stands in for a Service: takes connections at its address and hands each to one of the replicas whose
 * readiness probe succeeds, one after the other. Like a Service it knows nothing of requests, retries nothing,
 * and leaves connections alone that are open already.
 */
export class Balancer {
  readonly #server: Server;
  readonly #backends = new Set<Backend>();
  readonly #sockets = new Set<Socket>();
  #ready: Backend[] = [];
  #received = 0;
  #next = 0;
  #timer: NodeJS.Timeout | undefined;
  #probing = false;

  private constructor() {
    this.#server = createServer((client) => this.#forward(client));
  }

  static async listen(host: string, port: number): Promise<Balancer> {
    const balancer = new Balancer();
    await new Promise<void>((resolve, reject) => {
      balancer.#server.once('error', reject);
      balancer.#server.listen(port, host, resolve);
    });
    balancer.#timer = setInterval(() => void balancer.#probe(), probePeriodMs);
    return balancer;
  }

  add(backend: Backend): void {
    this.#backends.add(backend);
  }

  remove(backend: Backend): void {
    this.#backends.delete(backend);
  }

  get address(): { readonly host: string; readonly port: number } {
    const { address, port } = this.#server.address() as AddressInfo;
    return { host: address, port };
  }

  /** Bytes from clients so far; probes go another way. */
  get received(): number {
    return this.#received;
  }

  /** Replicas that get connections now. */
  get ready(): readonly Backend[] {
    return this.#ready;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #probe(): Promise<void> {
    if (this.#probing) return;
    this.#probing = true;
    const backends = [...this.#backends];
    const answers = await Promise.all(backends.map(isReady));
    this.#ready = backends.filter((_, index) => answers[index]);
    this.#probing = false;
  }

  #forward(client: Socket): void {
    const backend = this.#ready[this.#next++ % Math.max(this.#ready.length, 1)];
    if (backend === undefined) {
      client.destroy();
      return;
    }
    const server = connect(backend.port, backend.host);
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    }
    client.once('error', () => server.destroy());
    server.once('error', () => client.destroy());
    client.on('data', (piece) => {
      this.#received += piece.length;
    });
    client.pipe(server).pipe(client);
    server.once('close', () => client.destroy());
    client.once('close', () => server.destroy());
  }
}

/** The readiness probe of the manifests. */
function isReady({ host, healthPort }: Backend): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = request(
      { host, port: healthPort, path: '/readyz', agent: false, timeout: 1000 },
      (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      },
    );
    probe.once('timeout', () => probe.destroy());
    probe.once('error', () => resolve(false));
    probe.end();
  });
}
