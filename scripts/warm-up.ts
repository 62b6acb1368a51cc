import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { embeddedConfiguration } from '../src/embedded/load.ts';

/**
 * Runs each bundle in dist/, or in the folder that is named, once: so the code that V8 compiled is there when people
 * run them, also where nobody may write (src/load-bundle.ts).
 */
const dist = resolve(import.meta.dirname, '..', process.argv[2] ?? 'dist');

const manifest = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: warm-up
  labels: {app: warm-up}
spec:
  template:
    metadata:
      labels: {app: warm-up}
      annotations:
        prometheus.io/scrape: "true"
    spec:
      containers:
      - name: app
        image: registry.example/app:1   # kept
        ports:
        - containerPort: 8080
        readinessProbe:
          httpGet: {path: /ready, port: 8080}
---
apiVersion: v1
kind: Service
metadata:
  name: warm-up
`;

// By a file, because more code runs then: what is built in has been read and parsed by the build.
const folder = mkdtempSync(join(tmpdir(), 'outrigger-warm-up-'));
const configuration = join(folder, 'configmap.yaml');
const { config, values } = embeddedConfiguration();
writeFileSync(
  configuration,
  `kind: ConfigMap\nmetadata:\n  name: warm-up\ndata:\n  config: |-${block(config)}\n  values: |-${block(values)}\n`,
);
await run(['kube-inject', '-f', '-', '--injectConfigFile', configuration], manifest);
rmSync(folder, { recursive: true });
await run(['serve', '--port', '0', '--metrics-port', '0'], '', 'ready to inject');

/** The lines of a block scalar. */
function block(text: string): string {
  return `\n${text.trimEnd()}`.replaceAll('\n', '\n    ');
}

/**
 * Without the code, programs only start more slowly: that this fails is no reason to be without the program.
 *
 * @param until what it says when it is to be ended
 */
function run(args: readonly string[], input: string, until?: string): Promise<void> {
  const program = spawn(process.execPath, [join(dist, 'outrigger.js'), ...args]);
  const latest = setTimeout(() => program.kill(), 30_000);
  program.stdin.end(input);
  let said = '';
  for (const stream of [program.stdout, program.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      // It goes on to learn for a moment after it is ready.
      if (until !== undefined && said.includes(until)) setTimeout(() => program.kill(), 500);
    });
  }
  return new Promise((done) => {
    program.on('close', (code) => {
      clearTimeout(latest);
      if (code !== 0) console.error(`outrigger ${args[0]} could not be run in advance:\n${said}`);
      done();
    });
  });
}
