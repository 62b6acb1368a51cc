import { existsSync } from 'node:fs';

/** What a person who started the server on a terminal gets to know. */
export interface Started {
  readonly host: string;
  readonly port: number;
  /** Where the configuration comes from, such as `built in` or the files. */
  readonly configuration: string;
  readonly certificate: string;
  /** Whether proxies run as native sidecars, such as `on`. */
  readonly nativeSidecars: string;
}

/** Lines for stderr: where the server listens, what it goes by, and how to see it work. */
export function greeting(started: Started): string {
  const url = `https://localhost:${started.port}/inject`;
  const tryUrl = started.port === 15017 ? '' : ` --url ${url}`;
  return `
Outrigger is ready at ${url}

  listening on     ${started.host}, port ${started.port}
  configuration    ${started.configuration}
  native sidecars  ${started.nativeSidecars}
  certificate      ${started.certificate}

See it inject a sample pod, from another terminal:

  ${program()} try${tryUrl}

Ctrl-C stops it.

`;
}

/** How to start this program from the working folder: `npm start` does not put it on the PATH. */
function program(): string {
  return existsSync('bin/outrigger') ? 'bin/outrigger' : 'outrigger';
}
