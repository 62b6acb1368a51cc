/**
 * Reading of kubeconfig files and of a pod's ServiceAccount. This module loads @kubernetes/client-node, which
 * takes its time; import it only where a cluster is wanted. Exports: {@link readKubeconfig},
 * {@link readServiceAccount}, {@link credentialsOf}.
 */
import { type SpawnOptions, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { OutgoingHttpHeaders } from 'node:http';
import type { RequestOptions } from 'node:https';
import { dirname, resolve } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { OutriggerError } from '../errors.ts';
import { parseGoYaml } from '../goyaml/index.ts';
import { isJsonObject } from '../json.ts';
import type { Credentials } from './http-api-server.ts';

/** The ServiceAccount that Kubernetes mounts into the pod. @param root folder that stands for `/` in tests */
export function readServiceAccount(root = ''): KubeConfig {
  const config = new KubeConfig();
  config.loadFromCluster(root);
  return config;
}

/**
 * Reads kubeconfig files and chooses the context.
 *
 * @param files in order of precedence: what an earlier one says wins
 * @param mustExist false when a file that is missing is passed over, as kubectl does for $KUBECONFIG
 * @throws OutriggerError `OUTRIGGER_CLUSTER` when a file cannot be read, or there is no such context
 */
export function readKubeconfig(
  files: readonly string[],
  context: string | undefined,
  { mustExist }: { readonly mustExist: boolean },
): KubeConfig {
  const merged = new KubeConfig();
  for (const file of files) {
    const config = readOne(file, mustExist);
    if (config === undefined) continue;
    merged.currentContext ||= config.currentContext;
    addMissing(merged.clusters, config.clusters);
    addMissing(merged.users, config.users);
    addMissing(merged.contexts, config.contexts);
  }
  chooseContext(merged, context, files.join(', '));
  return merged;
}

function addMissing<T extends { readonly name: string }>(known: T[], more: readonly T[]): void {
  const names = new Set(known.map(({ name }) => name));
  known.push(...more.filter(({ name }) => !names.has(name)));
}

function readOne(file: string, mustExist: boolean): KubeConfig | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' && !mustExist) return undefined;
    const reason = code === 'ENOENT' ? 'there is no such file' : message;
    throw new OutriggerError('OUTRIGGER_CLUSTER', `the kubeconfig cannot be read: ${reason}`, {
      place: { file },
      hint: 'Check the path that --kubeconfig or $KUBECONFIG gives.',
      cause,
    });
  }
  const config = new KubeConfig();
  try {
    config.loadFromString(text);
  } catch (cause) {
    const detail = whatIsWrong(cause);
    throw new OutriggerError('OUTRIGGER_CLUSTER', `this is not a kubeconfig: ${detail}`, {
      place: { file },
      hint: 'kubectl config view --kubeconfig shows what kubectl makes of it.',
      cause,
    });
  }
  config.makePathsAbsolute(dirname(file));
  readTokenFiles(config, text, dirname(file));
  return config;
}

/** Tells client-node of `tokenFile`, which it only knows of a pod's ServiceAccount. It comes before `token`. */
function readTokenFiles(config: KubeConfig, text: string, folder: string): void {
  // The library has found the text to be YAML, if by other rules.
  if (!text.includes('tokenFile')) return;
  const value = parseGoYaml(text);
  const entries = isJsonObject(value) && Array.isArray(value['users']) ? value['users'] : [];
  for (const entry of entries) {
    if (!isJsonObject(entry) || !isJsonObject(entry['user'])) continue;
    const { tokenFile } = entry['user'];
    const user = config.users.find(({ name }) => name === entry['name']);
    if (user === undefined || typeof tokenFile !== 'string' || tokenFile === '') continue;
    const authProvider = {
      name: 'tokenFile',
      config: { tokenFile: resolve(folder, tokenFile) },
    };
    Object.assign(user, { token: undefined, authProvider });
  }
}

function whatIsWrong(cause: unknown): string {
  // The library trips over a text that is no mapping.
  if (cause instanceof TypeError) return 'it does not hold what kubectl writes';
  return cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
}

function chooseContext(config: KubeConfig, wanted: string | undefined, file: string): void {
  if (wanted !== undefined) config.setCurrentContext(wanted);
  const name = config.getCurrentContext();
  const known = config.contexts.map((context) => context.name);
  const refuse = (message: string) =>
    new OutriggerError('OUTRIGGER_CLUSTER', message, {
      place: { file },
      hint:
        known.length === 0
          ? 'There are no contexts in it; kubectl config set-context makes one.'
          : `Choose one with --context: ${known.join(', ')}.`,
    });
  if (!name) throw refuse('the kubeconfig has no current context');
  if (!known.includes(name)) throw refuse(`the kubeconfig has no context ${JSON.stringify(name)}`);
  if (config.getCurrentCluster() === null) {
    throw refuse(`the cluster of context ${JSON.stringify(name)} is not in the kubeconfig`);
  }
}

/**
 * How requests to the context's cluster prove who sends them; tokens are renewed as they run out.
 *
 * @param pluginMs how long a plugin that gets credentials may take; it is killed then
 */
export function credentialsOf(config: KubeConfig, pluginMs = 60_000): Credentials {
  limitPlugins(config, pluginMs);
  const cluster = config.getCurrentCluster();
  // client-node refuses plain HTTP (kubectl proxy) unless this is set, where it has no other meaning.
  if (cluster?.server.startsWith('http:')) Object.assign(cluster, { skipTLSVerify: true });
  return async (options) => {
    const { agent } = options;
    await config.applyToHTTPSOptions(options);
    // Its agent keeps the certificates it began with, so a renewed one would never be used; for a proxy there
    // is no other way.
    if (!cluster?.proxyUrl) options.agent = agent;
    trimToken(options);
  };
}

/** A plugin that waits for an answer would otherwise keep this process alive when nobody waits for it any more. */
function limitPlugins(config: KubeConfig, timeout: number): void {
  // client-node has no setting for it; the authenticator's way of starting programs can be replaced.
  for (const one of config['authenticators']) {
    if (!('execFn' in one)) continue;
    one.execFn = (command: string, args: readonly string[], options: SpawnOptions) =>
      spawn(command, args, { ...options, timeout, killSignal: 'SIGKILL' });
  }
}

/** A token out of a file may end with a line break, which no header may hold. */
function trimToken({ headers }: RequestOptions): void {
  if (headers === undefined || Array.isArray(headers)) return;
  const { Authorization: token } = headers as OutgoingHttpHeaders;
  if (typeof token === 'string') Object.assign(headers, { Authorization: token.trim() });
}
