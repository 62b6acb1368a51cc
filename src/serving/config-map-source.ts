/**
 * Configuration in ConfigMaps. Exports: {@link injectorConfigMap}, {@link meshConfigMaps},
 * {@link configMapNames}.
 */
import type { Logger } from 'pino';
import { OutriggerError } from '../errors.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import type { ApiServer } from '../kube/api-server.ts';
import { follow } from '../kube/follow.ts';
import { awaited, type Followed } from '../kube/followed.ts';
import { configMapNamed } from '../kube/resource.ts';
import type { InjectorTexts, Reading, Source, SourceText } from './source.ts';

/** Where ConfigMaps are looked for. */
export interface ConfigMapPlace {
  readonly api: ApiServer;
  readonly namespace: string;
  readonly logger: Logger;
  /** Told about every resource that is followed, for the staleness of watches. */
  readonly following: (followed: Followed<unknown>) => void;
}

/** The names that Istio's charts give ConfigMaps; the default revision has no suffix. */
export function configMapNames(revision: string): { injector: string; mesh: string } {
  const suffix = revision === '' || revision === 'default' ? '' : `-${revision}`;
  return { injector: `istio-sidecar-injector${suffix}`, mesh: `istio${suffix}` };
}

/** Keys `config` and `values` of a ConfigMap. Waits for it to appear; when it goes, that is an error. */
export function injectorConfigMap(place: ConfigMapPlace, name: string): Source<InjectorTexts> {
  const map = followConfigMap(place, name);
  const sayOnce = once();
  let wasThere = false;
  return {
    ...map,
    read() {
      const reason = map.awaited();
      if (reason !== undefined) return { state: 'waiting', reason };
      const data = map.data();
      if (data === undefined) {
        if (wasThere) return wrong(map.description, 'no ConfigMap found');
        sayOnce(() =>
          place.logger.warn(
            { configMap: map.description, hint: absentHint },
            `${map.description} is not there: no pod can be injected before it is created`,
          ),
        );
        return { state: 'waiting', reason: `${map.description} to be created` };
      }
      wasThere = true;
      const config = textOf(data, 'config', map.description);
      const values = textOf(data, 'values', map.description);
      if (config === undefined) {
        return wrong(map.description, 'missing ConfigMap config key "config"');
      }
      if (values === undefined) {
        return wrong(map.description, 'missing ConfigMap values key "values"');
      }
      return { state: 'there', value: { config, values } };
    },
  };
}

/**
 * Key `mesh` of ConfigMaps, the first one lowest. One that is not there, or has no such key, counts as empty
 * (`pkg/config/mesh/kubemesh/watcher.go`).
 */
export function meshConfigMaps(
  place: ConfigMapPlace,
  names: readonly string[],
): Source<readonly SourceText[]> {
  const maps = names.map((name) => ({ ...followConfigMap(place, name), sayOnce: once() }));
  return {
    description: maps.map(({ description }) => description).join(', '),
    read(): Reading<readonly SourceText[]> {
      const texts: SourceText[] = [];
      for (const map of maps) {
        const reason = map.awaited();
        if (reason !== undefined) return { state: 'waiting', reason };
        const data = map.data();
        const text = data === undefined ? undefined : textOf(data, 'mesh', map.description);
        if (text !== undefined) texts.push(text);
        else {
          map.sayOnce(() =>
            place.logger.warn(
              { configMap: map.description, hint: absentHint },
              `there is no mesh configuration in ${map.description}: what other sources or Istio's defaults say holds`,
            ),
          );
        }
      }
      return { state: 'there', value: texts };
    },
    listen(changed) {
      for (const map of maps) map.listen(changed);
    },
    async stop() {
      await Promise.all(maps.map((map) => map.stop()));
    },
  };
}

const absentHint =
  'Another revision, name or namespace is chosen with --revision, --injectConfigMapName, --meshConfigMapName and -i.';

/** Does something the first time only. */
function once(): (work: () => void) => void {
  let done = false;
  return (work) => {
    if (!done) work();
    done = true;
  };
}

function followConfigMap({ api, namespace, logger, following }: ConfigMapPlace, name: string) {
  const resource = configMapNamed(namespace, name);
  const listeners: (() => void)[] = [];
  const followed = follow(api, resource, {
    read: ({ data }) => (isJsonObject(data) ? data : {}),
    onChange: () => {
      for (const listener of listeners) listener();
    },
    logger,
  });
  following(followed);
  return {
    description: resource.description,
    awaited: () => awaited(followed.status()),
    /** Undefined when there is no such ConfigMap. */
    data: (): JsonObject | undefined => followed.items.get(`${namespace}/${name}`),
    listen: (changed: () => void) => {
      listeners.push(changed);
    },
    stop: () => followed.stop(),
  };
}

function textOf(data: JsonObject, key: string, map: string): SourceText | undefined {
  const text = Object.hasOwn(data, key) ? data[key] : undefined;
  if (typeof text !== 'string') return undefined;
  return { text, blame: (error) => blameKey(error, `${map}, key ${key}`) };
}

/** Lines are those of a template or of a value, so they stay in the message and out of the place. */
function blameKey(error: unknown, file: string): unknown {
  if (!(error instanceof OutriggerError)) return error;
  const { code, message, hint, place } = error;
  return new OutriggerError(code, message, {
    place: { file, ...(place.path !== undefined && { path: place.path }) },
    ...(hint !== undefined && { hint }),
    cause: error,
  });
}

function wrong(file: string, message: string): Reading<never> {
  return {
    state: 'wrong',
    error: new OutriggerError('OUTRIGGER_CONFIG', message, {
      place: { file },
      hint: "Put the ConfigMap back as Istio's charts make it.",
    }),
  };
}
