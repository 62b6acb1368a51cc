import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { embeddedConfiguration } from '../../src/embedded/load.ts';
import type { JsonObject } from '../../src/json.ts';
import { type Backend, Balancer } from './balancer.ts';
import type { Cluster } from './cluster.ts';
import { freePort } from './free-port.ts';
import { InjectorProcess } from './injector-process.ts';
import { readObjects } from './read-objects.ts';
import { until } from './until.ts';

export const root = resolve(import.meta.dirname, '../..');

/** A running replica. */
export interface Replica extends Backend {
  readonly name: string;
  readonly process: InjectorProcess;
}

export interface InstallOptions {
  /** Texts to print the objects with; the default overlay when left out. */
  readonly manifests?: (cluster: Cluster) => Promise<string>;
  /** Name of the Service and of the ServiceAccount. */
  readonly name?: string;
  readonly namespace?: string;
  readonly args?: readonly string[];
  readonly env?: { readonly [name: string]: string };
}

/**
 * Outrigger in a cluster: the objects of manifests/ applied as they are, but for the Service's address. Nothing
 * runs pods here, so the replicas are processes on this machine, with the rights of their ServiceAccount, and a
 * balancer at the Service's address does the work of kube-proxy.
 */
export class Installation {
  readonly cluster: Cluster;
  readonly balancer: Balancer;
  /** Where the API server finds us, and under which name. */
  readonly service: { readonly host: string; readonly port: number; readonly servername: string };
  readonly #options: InstallOptions;
  readonly #kubeconfig: string;
  readonly #objects: readonly JsonObject[];
  readonly replicas = new Set<Replica>();
  #count = 0;

  private constructor(
    cluster: Cluster,
    balancer: Balancer,
    objects: readonly JsonObject[],
    kubeconfig: string,
    options: InstallOptions,
  ) {
    const { name = 'outrigger', namespace = 'outrigger-system' } = options;
    this.cluster = cluster;
    this.balancer = balancer;
    this.service = { ...balancer.address, servername: `${name}.${namespace}.svc` };
    this.#objects = objects;
    this.#kubeconfig = kubeconfig;
    this.#options = options;
  }

  static async install(cluster: Cluster, options: InstallOptions = {}): Promise<Installation> {
    const print = options.manifests ?? defaultManifests;
    const host = cluster.nextServiceAddress();
    // An API server dials the Service's own port; below 1024 that takes root.
    const port = process.getuid?.() === 0 ? 443 : 8443;
    const objects = readObjects(await print(cluster)).map((each) => reachable(each, host, port));
    await applyAll(cluster, objects);
    return Installation.#standIn(cluster, host, port, objects, options);
  }

  /** Does the work of the Pods of an installation that somebody else has applied, default overlay and all. */
  static async adopt(cluster: Cluster): Promise<Installation> {
    const { spec } = await cluster.get('service', 'outrigger', '-n', 'outrigger-system');
    const { clusterIP } = spec as { clusterIP: string };
    const objects = readObjects(await defaultManifests(cluster));
    return Installation.#standIn(cluster, clusterIP, 443, objects, {});
  }

  static async #standIn(
    cluster: Cluster,
    host: string,
    port: number,
    objects: readonly JsonObject[],
    options: InstallOptions,
  ): Promise<Installation> {
    const { name = 'outrigger', namespace = 'outrigger-system' } = options;
    const kubeconfig = await serviceAccountKubeconfig(cluster, namespace, name);
    const balancer = await Balancer.listen(host, port);
    return new Installation(cluster, balancer, objects, kubeconfig, options);
  }

  /** Applies the manifests once more, as an upgrade would. */
  applyManifests(): Promise<void> {
    return applyAll(this.cluster, this.#objects);
  }

  /** What caBundle of our webhooks says; all of them have to say the same. */
  async bundle(): Promise<string> {
    const configuration = this.#objects
      .filter(({ kind }) => kind === 'MutatingWebhookConfiguration')
      .map(({ metadata }) => String((metadata as JsonObject)['name']));
    const { webhooks } = await this.cluster.get('mutatingwebhookconfiguration', ...configuration);
    const bundles = (webhooks as { clientConfig: { caBundle?: string } }[]).map(
      ({ clientConfig }) => clientConfig.caBundle ?? '',
    );
    if (new Set(bundles).size !== 1) throw new Error('the webhooks have different bundles');
    return Buffer.from(bundles[0]!, 'base64').toString();
  }

  /** Starts a replica; the balancer uses it as soon as it is ready. */
  async start(args: readonly string[] = []): Promise<Replica> {
    const { name = 'outrigger', namespace = 'outrigger-system' } = this.#options;
    const port = await freePort();
    const healthPort = await freePort();
    const process = InjectorProcess.start(
      this.cluster,
      `${name}-${++this.#count}`,
      [
        `--kubeconfig=${this.#kubeconfig}`,
        '--host=127.0.0.1',
        `--port=${port}`,
        `--metrics-port=${healthPort}`,
        `--service=${name}.${namespace}`,
        // The balancer asks more often than a kubelet does.
        '--shutdown-delay=1s',
        ...(this.#options.args ?? []),
        ...args,
      ],
      {
        POD_NAME: `${name}-${this.#count}`,
        POD_NAMESPACE: namespace,
        ...this.#options.env,
      },
    );
    const replica = {
      name: `${name}-${this.#count}`,
      host: '127.0.0.1',
      port,
      healthPort,
      process,
    };
    this.replicas.add(replica);
    this.balancer.add(replica);
    return replica;
  }

  async ready(replica: Replica): Promise<void> {
    await until(`${replica.name} to be ready`, () => {
      if (replica.process.child.exitCode !== null) {
        throw new Error(`it ended:\n${replica.process.log}`);
      }
      return this.balancer.ready.includes(replica) || undefined;
    }).catch((error: Error) => {
      throw new Error(`${error.message}\n${replica.process.log}`);
    });
  }

  /** Starts two replicas at the same time and waits until both are ready. */
  async startTwo(args: readonly string[] = []): Promise<[Replica, Replica]> {
    const two: [Replica, Replica] = [await this.start(args), await this.start(args)];
    await Promise.all(two.map((replica) => this.ready(replica)));
    return two;
  }

  async stop(replica: Replica, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const code = await replica.process.stop(signal);
    this.replicas.delete(replica);
    this.balancer.remove(replica);
    return code;
  }

  async close(): Promise<void> {
    await Promise.all([...this.replicas].map((replica) => this.stop(replica, 'SIGKILL')));
    await this.balancer.close();
  }
}

/** Istio's ConfigMaps with our own configuration in them. */
export async function applyIstio(
  cluster: Cluster,
  change: {
    readonly revision?: string;
    readonly values?: string;
    readonly config?: string;
    readonly mesh?: string;
  } = {},
): Promise<void> {
  const { config, values, mesh } = { ...embeddedConfiguration(), ...change };
  const suffix = change.revision === undefined ? '' : `-${change.revision}`;
  const configMap = (name: string, data: JsonObject) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'istio-system' },
    data,
  });
  const items = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'istio-system' } },
    configMap(`istio-sidecar-injector${suffix}`, { config, values }),
    configMap(`istio${suffix}`, { mesh }),
  ];
  await cluster.apply(
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
    '--server-side',
    '--force-conflicts',
  );
}

async function applyAll(cluster: Cluster, items: readonly JsonObject[]): Promise<void> {
  await cluster.apply(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
}

function defaultManifests(cluster: Cluster): Promise<string> {
  return cluster.kubectl(['kustomize', join(root, 'manifests', 'overlays', 'default')]);
}

async function serviceAccountKubeconfig(
  cluster: Cluster,
  namespace: string,
  name: string,
): Promise<string> {
  const token = await cluster.kubectl(['create', 'token', name, '-n', namespace]);
  const config = await cluster.kubectl(['config', 'view', '--raw', '--flatten', '-o', 'json']);
  const parsed = JSON.parse(config) as { users: JsonObject[] };
  parsed.users = [{ name: 'admin', user: { token: token.trim() } }];
  const file = join(cluster.folder, `${namespace}-${name}.kubeconfig`);
  writeFileSync(file, JSON.stringify(parsed), { mode: 0o600 });
  return file;
}

/** The object as it has to be where the Service's address and port are on this machine. */
function reachable(object: JsonObject, address: string, port: number): JsonObject {
  const text = JSON.stringify(object, (_, value) =>
    value?.port === 443 ? { ...value, port } : value,
  );
  const changed = JSON.parse(text) as JsonObject & { spec?: JsonObject };
  if (changed['kind'] === 'Service') changed.spec = { ...changed.spec, clusterIP: address };
  return object['kind'] === 'NetworkPolicy' ? object : changed;
}
