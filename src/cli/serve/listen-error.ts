import { OutriggerError } from '../../errors.ts';

/** Says in plain words why the server cannot listen, and what to do about it. */
export function listenError(
  error: unknown,
  host: string,
  port: number,
  flag = '--port',
): OutriggerError {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  const [reason, hint] = reasons[code ?? ''] ?? [
    error instanceof Error ? error.message : String(error),
    'Check --host and --port.',
  ];
  return new OutriggerError(
    'OUTRIGGER_SERVER',
    `cannot listen on ${place(host, port)}: ${reason}`,
    {
      hint: hint.replace('--port', flag),
      cause: error,
    },
  );
}

const reasons: { readonly [code: string]: readonly [reason: string, hint: string] } = {
  EADDRINUSE: [
    'another program uses this port',
    'Stop the other program, or choose another port with --port; 0 takes any that is free.',
  ],
  EACCES: [
    'this user may not use this port',
    'Ports below 1024 are for root; choose another one with --port.',
  ],
  EADDRNOTAVAIL: ['this machine has no such address', 'Check --host; :: means all addresses.'],
  ENOTFOUND: ['there is no such host name', 'Check --host; :: means all addresses.'],
};

function place(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
