import type { Server } from 'node:https';
import type { Socket } from 'node:net';

/** The open connections of a server, so that the last of them can be cut when it has to end. */
export interface Connections {
  /** Closes all connections at once, also those that have not finished their TLS handshake. Returns how many. */
  destroyAll(): number;
}

/** Keeps count of a server's connections. Node's own `closeAllConnections` misses unfinished handshakes. */
export function trackConnections(server: Server): Connections {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return {
    destroyAll() {
      const count = open.size;
      for (const socket of open) socket.destroy();
      return count;
    },
  };
}
