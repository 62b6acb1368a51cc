// Runs the webhook as `outrigger serve` does, with a fake engine. Arguments: host, port.

import { reportError } from '../../src/cli/report-error.ts';
import { runServer } from '../../src/cli/serve/run-server.ts';
import { FakeInjector } from './fake-injector.ts';

const injector = new FakeInjector();
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
      istioNamespace: 'istio-system',
      host,
      port: Number(port),
      tlsNames: ['more.example'],
      logLevel: 'info',
      logFormat: 'json',
    },
    context,
    async () => ({
      description: 'built in',
      nativeSidecars: 'on',
      current: () => injector,
      readiness: () => [],
      status: () => ({
        configuration: { inForce: undefined, lastReload: undefined, refusals: [] },
        followed: [],
      }),
      namespaces: () => undefined,
      stop: async () => {},
    }),
  );
} catch (error) {
  process.stderr.write(reportError(error, context));
  process.exitCode = 1;
}
