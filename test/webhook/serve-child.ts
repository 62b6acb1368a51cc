// Runs the webhook as `outrigger serve` does, with a fake engine. Arguments: host, port.

import { reportError } from '../../src/cli/report-error.ts';
import { runServer } from '../../src/cli/serve/run-server.ts';
import { FakeInjector } from './fake-injector.ts';

const [host = '127.0.0.1', port = '0'] = process.argv.slice(2);
const context = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: {},
  colour: false,
  exitCode: 0,
};
try {
  await runServer(
    {
      revision: '',
      nativeSidecars: 'auto',
      host,
      port: Number(port),
      tlsNames: ['more.example'],
      logLevel: 'info',
      logFormat: 'json',
    },
    context,
    async () => ({
      injector: new FakeInjector(),
      description: 'built in',
      nativeSidecars: true,
      warnings: ['mind the gap'],
    }),
  );
} catch (error) {
  process.stderr.write(reportError(error, context));
  process.exitCode = 1;
}
