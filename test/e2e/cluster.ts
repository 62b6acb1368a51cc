import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes, randomInt } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { JsonObject } from '../../src/json.ts';
import type { ApiServer } from '../../src/kube/api-server.ts';
import { connectByKubeconfig } from '../../src/kube/connect.ts';
import { freePort } from './free-port.ts';
import { until } from './until.ts';

const run = promisify(execFile);

/** A real API server with its etcd, and with the controllers that make pods of workloads. */
export class Cluster {
  readonly folder: string;
  readonly kubeconfig: string;
  readonly #assets: string;
  readonly #token: string;
  readonly #etcdPort: number;
  readonly #apiPort: number;
  /** Beginning of the service range, `127.X.Y.0/24`: lies on loopback, so Services can be reached. */
  readonly #range: string;
  #client: ApiServer | undefined;
  #etcd: ChildProcess | undefined;
  #api: ChildProcess | undefined;
  #controllers: ChildProcess | undefined;
  #services = 10;

  private constructor(assets: string, etcdPort: number, apiPort: number) {
    this.#assets = assets;
    this.#etcdPort = etcdPort;
    this.#apiPort = apiPort;
    this.folder = mkdtempSync(join(tmpdir(), 'outrigger-e2e-'));
    this.kubeconfig = join(this.folder, 'kubeconfig');
    this.#token = randomBytes(16).toString('hex');
    // Clusters may run beside each other.
    this.#range = `127.${randomInt(64, 192)}.${randomInt(256)}`;
  }

  static async start(assets: string): Promise<Cluster> {
    const cluster = new Cluster(assets, await freePort(), await freePort());
    try {
      await cluster.#startAll();
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  get apiUrl(): string {
    return `https://127.0.0.1:${this.#apiPort}`;
  }

  /** An address for a Service, which a server on this machine can listen on. */
  nextServiceAddress(): string {
    return `${this.#range}.${++this.#services}`;
  }

  /** Runs kubectl and gives what it prints. */
  async kubectl(args: readonly string[], input?: string): Promise<string> {
    return (await this.kubectlSaying(args, input)).stdout;
  }

  /** The same, with what it says beside that, such as warnings. */
  async kubectlSaying(
    args: readonly string[],
    input?: string,
  ): Promise<{ readonly stdout: string; readonly stderr: string }> {
    const child = run(join(this.#assets, 'kubectl'), [...args], {
      env: { ...process.env, KUBECONFIG: this.kubeconfig },
      maxBuffer: 1 << 28,
    });
    child.child.stdin?.end(input ?? '');
    return child;
  }

  async apply(manifest: string, ...args: string[]): Promise<string> {
    return this.kubectl(['apply', '-f', '-', ...args], manifest);
  }

  async get(...args: string[]): Promise<JsonObject> {
    return JSON.parse(await this.kubectl(['get', '-o', 'json', ...args])) as JsonObject;
  }

  /** For what is done often: a process for each request takes longer than the request. */
  async api(): Promise<ApiServer> {
    this.#client ??= (await connectByKubeconfig({ kubeconfig: this.kubeconfig }, {})).api;
    return this.#client;
  }

  /** Kills the API server and starts it again on the same data. */
  async restartApiServer(downFor = 0): Promise<void> {
    await kill(this.#api, 'SIGKILL');
    if (downFor > 0) await new Promise((resolve) => setTimeout(resolve, downFor));
    await this.#startApi();
  }

  async stop(): Promise<void> {
    this.#client?.close();
    // etcd must not go before the API server: that one then hangs for minutes.
    await kill(this.#controllers, 'SIGKILL');
    await kill(this.#api, 'SIGKILL');
    await kill(this.#etcd, 'SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #startAll(): Promise<void> {
    const { folder } = this;
    writeFileSync(join(folder, 'tokens.csv'), `${this.#token},admin,admin,system:masters\n`);
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const pem = privateKey.export({ type: 'sec1', format: 'pem' });
    writeFileSync(join(folder, 'sa.key'), pem, { mode: 0o600 });
    writeFileSync(
      this.kubeconfig,
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        'current-context': 'e2e',
        contexts: [{ name: 'e2e', context: { cluster: 'e2e', user: 'admin' } }],
        clusters: [
          {
            name: 'e2e',
            cluster: {
              server: this.apiUrl,
              'certificate-authority': join(folder, 'certs', 'apiserver.crt'),
            },
          },
        ],
        users: [{ name: 'admin', user: { token: this.#token } }],
      }),
    );
    const etcd = `http://127.0.0.1:${this.#etcdPort}`;
    this.#etcd = this.#spawn('etcd', [
      '--data-dir',
      join(folder, 'etcd'),
      `--listen-client-urls=${etcd}`,
      `--advertise-client-urls=${etcd}`,
      '--listen-peer-urls=http://127.0.0.1:0',
      '--unsafe-no-fsync',
      '--log-level=warn',
    ]);
    await this.#startApi();
    this.#controllers = this.#spawn('kube-controller-manager', [
      `--kubeconfig=${this.kubeconfig}`,
      '--leader-elect=false',
      '--bind-address=127.0.0.1',
      '--secure-port=0',
      `--service-account-private-key-file=${join(folder, 'sa.key')}`,
      `--root-ca-file=${join(folder, 'certs', 'apiserver.crt')}`,
    ]);
    const api = await this.api();
    const path = '/api/v1/namespaces/default/serviceaccounts/default';
    await until('the default service account', () => api.request({ path }), 60);
  }

  async #startApi(): Promise<void> {
    const { folder } = this;
    const api = this.#spawn('kube-apiserver', [
      `--etcd-servers=http://127.0.0.1:${this.#etcdPort}`,
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1',
      `--secure-port=${this.#apiPort}`,
      `--cert-dir=${join(folder, 'certs')}`,
      `--token-auth-file=${join(folder, 'tokens.csv')}`,
      '--authorization-mode=RBAC',
      '--allow-privileged=true',
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${join(folder, 'sa.key')}`,
      `--service-account-signing-key-file=${join(folder, 'sa.key')}`,
      `--service-cluster-ip-range=${this.#range}.0/24`,
      '--endpoint-reconciler-type=none',
    ]);
    this.#api = api;
    await until(
      'the API server to be ready',
      async () => {
        if (api.exitCode !== null)
          throw new Error(readFileSync(join(folder, 'kube-apiserver.log'), 'utf8').slice(-2000));
        const certificate = join(folder, 'certs', 'apiserver.crt');
        return existsSync(certificate) ? this.#isReady(readFileSync(certificate)) : undefined;
      },
      60,
    );
  }

  #isReady(ca: Buffer): Promise<true | undefined> {
    const headers = { authorization: `Bearer ${this.#token}` };
    const signal = AbortSignal.timeout(5000);
    return new Promise((resolve, reject) => {
      get(`${this.apiUrl}/readyz`, { ca, headers, agent: false, signal }, (response) => {
        response.resume();
        resolve(response.statusCode === 200 || undefined);
      }).on('error', reject);
    });
  }

  #spawn(program: string, args: readonly string[]): ChildProcess {
    const log = openSync(join(this.folder, `${program}.log`), 'a');
    const child = spawn(join(this.#assets, program), args, { stdio: ['ignore', log, log] });
    closeSync(log);
    return child;
  }
}

async function kill(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await gone;
}
