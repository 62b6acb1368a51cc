import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { JsonObject } from '../../src/json.ts';

type Answer = { status: number; body?: unknown; headers?: Record<string, string> };

interface Watcher {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly response: ServerResponse;
}

/** A request that the fake was sent. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** An API server in small: lists, watches with bookmarks, and every way to misbehave that tests ask for. */
export class FakeApiServer {
  readonly seen: Seen[] = [];
  /** Answers instead of the fake; the first that returns something wins. */
  readonly overrides: ((seen: Seen) => Answer | undefined)[] = [];
  /** Watches are accepted, and then never told anything. */
  deaf = false;
  /** Paths of which the cluster knows nothing. */
  readonly unknown = new Set<string>();
  port = 0;
  #version = 100;
  #oldest = 0;
  readonly #objects = new Map<string, Map<string, JsonObject>>();
  readonly #watchers = new Set<Watcher>();
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get watchers(): number {
    return this.#watchers.size;
  }

  /** Requests for lists, not for watches. */
  get lists(): Seen[] {
    return this.seen.filter(({ method, query }) => method === 'GET' && !query.has('watch'));
  }

  get watches(): Seen[] {
    return this.seen.filter(({ query }) => query.has('watch'));
  }

  async start(): Promise<this> {
    const server = createServer((request, response) => this.#serve(request, response));
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
    this.#server = server;
    return this;
  }

  /** Goes away without a word, as a killed process does; {@link start} brings it back on the same port. */
  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server?.close(resolve));
    this.cutConnections();
    await closed;
  }

  cutConnections(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#watchers.clear();
  }

  /** Ends watches in an orderly way, as a server does at their time limit. */
  endWatches(): void {
    for (const { response } of this.#watchers) response.end();
    this.#watchers.clear();
  }

  /** Creates or changes an object of the collection at `path`. */
  put(path: string, object: JsonObject): void {
    const objects = this.#objects.get(path) ?? new Map<string, JsonObject>();
    this.#objects.set(path, objects);
    const metadata = object['metadata'] as JsonObject;
    const key = `${metadata['namespace'] ?? ''}/${metadata['name']}`;
    const type = objects.has(key) ? 'MODIFIED' : 'ADDED';
    const stored = { ...object, metadata: { ...metadata, resourceVersion: this.#nextVersion() } };
    objects.set(key, stored);
    this.#tell(path, type, stored);
  }

  remove(path: string, name: string, namespace = ''): void {
    const key = `${namespace}/${name}`;
    const object = this.#objects.get(path)?.get(key);
    if (object === undefined) return;
    this.#objects.get(path)?.delete(key);
    const metadata = object['metadata'] as JsonObject;
    this.#tell(path, 'DELETED', {
      ...object,
      metadata: { ...metadata, resourceVersion: this.#nextVersion() },
    });
  }

  bookmark(): void {
    const metadata = { resourceVersion: this.#nextVersion() };
    for (const { path } of this.#watchers) this.#tell(path, 'BOOKMARK', { metadata }, true);
  }

  /** Sends an event as it is. */
  say(event: JsonObject): void {
    for (const { response } of this.#watchers) response.write(`${JSON.stringify(event)}\n`);
  }

  /** Forgets history: watches from before now get 410. */
  compact(): void {
    this.#oldest = this.#version;
  }

  #nextVersion(): string {
    this.#version++;
    return String(this.#version);
  }

  #tell(path: string, type: string, object: JsonObject, everybody = false): void {
    if (this.deaf) return;
    for (const watcher of this.#watchers) {
      if (watcher.path !== path) continue;
      if (!everybody && !selected(object, watcher.query)) continue;
      const text = Buffer.from(`${JSON.stringify({ type, object })}\n`);
      // In two pieces, wherever that cuts a character.
      const middle = Math.floor(text.length / 2);
      watcher.response.write(text.subarray(0, middle));
      watcher.response.write(text.subarray(middle));
    }
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { pathname: path, searchParams: query } = new URL(request.url ?? '', this.url);
      const { method = '', headers } = request;
      const seen = { method, path, query, headers, body: Buffer.concat(chunks).toString('utf8') };
      this.seen.push(seen);
      for (const override of this.overrides) {
        const answer = override(seen);
        if (answer !== undefined) {
          send(response, answer);
          return;
        }
      }
      if (this.unknown.has(path)) send(response, { status: 404, body: 'page not found' });
      else if (query.has('watch')) this.#watch({ path, query, response });
      else this.#list(path, query, response);
    });
  }

  #list(path: string, query: URLSearchParams, response: ServerResponse): void {
    const all = [...(this.#objects.get(path)?.values() ?? [])].filter((o) => selected(o, query));
    const from = Number(query.get('continue') ?? 0);
    const limit = Number(query.get('limit') ?? 500);
    const more = from + limit < all.length ? String(from + limit) : '';
    send(response, {
      status: 200,
      body: {
        kind: 'List',
        metadata: { resourceVersion: String(this.#version), continue: more },
        items: all.slice(from, from + limit),
      },
    });
  }

  #watch(watcher: Watcher): void {
    const { response, query, path } = watcher;
    const version = Number(query.get('resourceVersion'));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    if (version < this.#oldest) {
      const object = { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' };
      response.end(`${JSON.stringify({ type: 'ERROR', object })}\n`);
      return;
    }
    this.#watchers.add(watcher);
    response.on('close', () => this.#watchers.delete(watcher));
    if (this.deaf) return;
    // What happened since; the fake keeps no history of deletions.
    for (const object of this.#objects.get(path)?.values() ?? []) {
      const metadata = object['metadata'] as JsonObject;
      if (Number(metadata['resourceVersion']) <= version || !selected(object, query)) continue;
      response.write(`${JSON.stringify({ type: 'MODIFIED', object })}\n`);
    }
  }
}

function selected(object: JsonObject, query: URLSearchParams): boolean {
  const metadata = object['metadata'] as JsonObject;
  const name = /^metadata\.name=(.*)$/.exec(query.get('fieldSelector') ?? '')?.[1];
  const label = query.get('labelSelector');
  if (name !== undefined && metadata['name'] !== name) return false;
  return label === null || Object.hasOwn((metadata['labels'] ?? {}) as JsonObject, label);
}

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
}
