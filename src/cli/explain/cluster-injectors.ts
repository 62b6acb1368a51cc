/** Exports: {@link loadInjectors}. */
import type { InjectorFacts } from '../../explain/facts.ts';
import { createInjector } from '../../inject/index.ts';
import { configMapNames } from '../../serving/config-map-source.ts';
import { loadConfiguration } from '../configuration/load-configuration.ts';
import type { CliContext } from '../context.ts';
import { nativeSidecars } from '../documents/load-injection.ts';
import type { ExplainOptions } from './explain-options.ts';

/**
 * Makes the injectors of some revisions out of their ConfigMaps. One whose ConfigMaps cannot be read works by what is
 * built in, and that is said. Where no revision is asked for, there is still the usual injector: it tells what would
 * come next.
 */
export async function loadInjectors(
  revisions: Iterable<string>,
  options: ExplainOptions,
  context: CliContext,
  assume: (text: string) => void,
): Promise<(revision: string) => InjectorFacts> {
  const loaded = new Map<string, InjectorFacts>();
  for (const revision of revisions) {
    loaded.set(revision, await loadInjector(revision, options, context, assume));
  }
  const [first] = loaded.values();
  const usual = first ?? (await loadInjector(options.revision ?? '', options, context, () => {}));
  return (revision) => loaded.get(revision) ?? usual;
}

async function loadInjector(
  revision: string,
  options: ExplainOptions,
  context: CliContext,
  assume: (text: string) => void,
): Promise<InjectorFacts> {
  const namespace = options.istioNamespace || 'istio-system';
  const map = options.injectConfigMapName || configMapNames(revision).injector;
  const source = options.injectConfigFile
    ? { kind: 'File', name: options.injectConfigFile }
    : { kind: 'ConfigMap', namespace, name: map };
  try {
    return await injectorFacts({ ...options, fromCluster: true, revision }, context, source);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const whose = revision === '' ? 'the default revision' : `revision ${revision}`;
    assume(`policy and templates of ${whose} are the built-in ones: ${reason}`);
    return injectorFacts({ revision }, context, { kind: 'Configuration', name: 'built in' });
  }
}

async function injectorFacts(
  flags: ExplainOptions,
  context: CliContext,
  source: InjectorFacts['source'],
): Promise<InjectorFacts> {
  const { configuration } = await loadConfiguration(flags, {
    nativeSidecars: nativeSidecars(flags, context),
    env: context.env,
    neededTemplates: ['sidecar'],
  });
  return { injector: createInjector(configuration), configuration, source };
}
