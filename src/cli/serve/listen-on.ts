import { listenError } from './listen-error.ts';

/** Something that can listen, and says at which port it does. */
export interface Listener {
  listen(host: string, port: number): Promise<number>;
}

/**
 * Listens. Without a host, on all addresses of both families, or of IPv4 alone where there is no IPv6.
 *
 * @param flag that chooses the port, for the hint
 * @throws OutriggerError when the address cannot be had
 */
export async function listenOn(
  server: Listener,
  host: string | undefined,
  port: number,
  flag = '--port',
): Promise<{ host: string; port: number }> {
  const hosts = host === undefined ? ['::', '0.0.0.0'] : [host];
  for (const [index, candidate] of hosts.entries()) {
    try {
      return { host: candidate, port: await server.listen(candidate, port) };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const noSuchFamily = code === 'EAFNOSUPPORT' || code === 'EADDRNOTAVAIL';
      if (!noSuchFamily || index === hosts.length - 1)
        throw listenError(error, candidate, port, flag);
    }
  }
  throw new Error('there is always a host to try');
}
