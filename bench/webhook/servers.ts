import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { selfSignedCertificate } from '../../src/certs/self-signed.ts';
import { nodeFlags } from '../measure/node-flags.ts';
import { ServerProcess } from '../measure/server-process.ts';
import type { SettingsFlags } from '../settings.ts';

/** Starts the servers that are compared; all have the same certificate. */
export class Servers {
  readonly #program: string;
  readonly #settings: SettingsFlags;
  readonly #certificate: string;
  readonly #key: string;

  private constructor(program: string, settings: SettingsFlags, folder: string) {
    this.#program = program;
    this.#settings = settings;
    this.#certificate = join(folder, 'tls.crt');
    this.#key = join(folder, 'tls.key');
  }

  /** @param folder for temporary files */
  static async prepare(program: string, settings: SettingsFlags, folder: string): Promise<Servers> {
    const servers = new Servers(program, settings, folder);
    const { certificate, key } = await selfSignedCertificate(['localhost'], new Date());
    writeFileSync(servers.#certificate, certificate);
    writeFileSync(servers.#key, key);
    return servers;
  }

  /** The program as it is run in earnest, log and all. */
  webhook(): Promise<ServerProcess> {
    const files = ['--tlsCertFile', this.#certificate, '--tlsKeyFile', this.#key];
    return ServerProcess.start(
      (port) => [
        ...nodeFlags,
        this.#program,
        'serve',
        ...['--host', '127.0.0.1', '--port', String(port), '--metrics-port', '0'],
        ...['--native-sidecars', 'true', '--log-format', 'json'],
        ...files,
        ...this.#settings,
      ],
      '/readyz',
    );
  }

  /** @param bytes of an answer's body */
  echo(bytes: number): Promise<ServerProcess> {
    return this.#bareServer('echo-server.ts', bytes);
  }

  /** @param bytes of an answer's body */
  parsingEcho(bytes: number): Promise<ServerProcess> {
    return this.#bareServer('parsing-echo-server.ts', bytes);
  }

  #bareServer(file: string, bytes: number): Promise<ServerProcess> {
    const module = new URL(file, import.meta.url).pathname;
    return ServerProcess.start(
      (port) => [module, String(port), this.#certificate, this.#key, String(bytes)],
      '/healthz',
    );
  }
}
