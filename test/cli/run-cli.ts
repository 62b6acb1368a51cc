import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { run } from '../../src/cli/run.ts';

/** What a command line did. */
export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliInput {
  readonly stdin?: string | Buffer;
  readonly env?: Record<string, string>;
  /** As if standard output were a terminal. */
  readonly colour?: boolean;
}

/** Runs a command line in this process. */
export async function runCli(args: readonly string[], input: CliInput = {}): Promise<CliResult> {
  const stdout = new Sink();
  const stderr = new Sink();
  const code = await run(args, {
    stdin: Readable.from(input.stdin === undefined ? [] : [Buffer.from(input.stdin)]),
    stdout,
    stderr,
    env: input.env ?? {},
    colour: false,
    stdoutColour: input.colour ?? false,
    exitCode: 0,
  });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

class Sink extends Writable {
  private readonly pieces: Buffer[] = [];

  override _write(piece: Buffer, _encoding: string, done: () => void): void {
    this.pieces.push(piece);
    done();
  }

  text(): string {
    return Buffer.concat(this.pieces).toString();
  }
}

/** A folder that is gone after the test. `write` puts a file in it and gives its path. */
export function temporaryFolder(): { path: string; write: (name: string, text: string) => string } {
  const path = mkdtempSync(join(tmpdir(), 'outrigger-test-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    write(name, text) {
      writeFileSync(join(path, name), text);
      return join(path, name);
    },
  };
}

/** An injector configuration that adds one label and one container, to see what came from where. */
export const smallConfig = `templates:
  sidecar: |
    metadata:
      labels:
        injected: "{{ .Values.mark }}"
    spec:
      containers:
      - name: istio-proxy
        image: proxy:1
  other: |
    metadata:
      labels:
        other: "yes"
`;

/** Flags for {@link smallConfig} with values that set the mark. */
export function smallConfigFlags(folder: {
  write: (name: string, text: string) => string;
}): string[] {
  return [
    '--injectConfigFile',
    folder.write('injector.yaml', smallConfig),
    '--valuesFile',
    folder.write('values.yaml', 'mark: ours\n'),
    '--meshConfigFile',
    folder.write('mesh.yaml', 'trustDomain: cluster.local\n'),
  ];
}

export const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web   # the shop
spec:
  template:
    metadata:
      labels: {app: web}
    spec:
      # one is enough
      containers:
        - name: 'web'
          image: "web:2"
`;

export const service = `# how to reach it
apiVersion: v1
kind: Service
metadata: {name: web}
`;
