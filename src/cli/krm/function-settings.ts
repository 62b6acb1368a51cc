import { OutriggerError } from '../../errors.ts';
import { typeOf } from '../../inject/workload/workload-kinds.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';
import type { InjectionFlags } from '../documents/injection-flags.ts';

type Reading = 'text' | 'boolean' | 'texts' | 'truth';

/** What a functionConfig may say: the flags of `krm`, as they are called after parsing. */
const settings: ReadonlyMap<string, Reading> = new Map<keyof InjectionFlags, Reading>([
  ['injectConfigFile', 'text'],
  ['meshConfigFile', 'text'],
  ['valuesFile', 'texts'],
  ['profile', 'text'],
  ['set', 'texts'],
  ['setString', 'texts'],
  ['setFile', 'texts'],
  ['trustAnnotations', 'boolean'],
  ['revision', 'text'],
  ['nativeSidecars', 'truth'],
  ['podTemplate', 'texts'],
  ['asAdmission', 'boolean'],
  ['namespaces', 'text'],
]);

/**
 * Reads the settings of a functionConfig: `spec`, or `data` of a ConfigMap, in which all values are texts. Names
 * may be written as the flags are (`native-sidecars`) or in camel case.
 *
 * @throws OutriggerError `OUTRIGGER_CONFIG` with the path, for a name or a value that cannot be
 */
export function functionSettings(config: JsonValue | undefined): InjectionFlags {
  if (config === undefined || config === null) return {};
  if (!isJsonObject(config)) throw wrong('functionConfig', 'an object is expected');
  const member = typeOf(config).kind === 'ConfigMap' ? 'data' : 'spec';
  const given = config[member] ?? {};
  const path = `functionConfig.${member}`;
  if (!isJsonObject(given)) throw wrong(path, 'an object is expected');
  return Object.fromEntries(entries(given, path)) as InjectionFlags;
}

function* entries(given: JsonObject, path: string): Generator<[string, unknown]> {
  for (const [written, value] of Object.entries(given)) {
    const name = written.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const reading = settings.get(name);
    const place = `${path}.${written}`;
    if (reading === undefined) {
      throw wrong(
        place,
        'there is no such setting',
        `There are ${[...settings.keys()].join(', ')}.`,
      );
    }
    yield [name, read(value, reading, place)];
  }
}

function read(value: JsonValue, reading: Reading, place: string): unknown {
  switch (reading) {
    case 'text':
      if (typeof value === 'string') return value;
      throw wrong(place, 'a text is expected');
    case 'texts': {
      // A ConfigMap has no lists, so there it is one to a line.
      const list =
        typeof value === 'string' ? value.split('\n').filter((line) => line !== '') : value;
      if (Array.isArray(list) && list.every((item) => typeof item === 'string')) return list;
      throw wrong(place, 'a text or a list of texts is expected');
    }
    default: {
      const text = String(value);
      if (text !== 'true' && text !== 'false') throw wrong(place, 'true or false is expected');
      return reading === 'boolean' ? text === 'true' : text;
    }
  }
}

function wrong(path: string, message: string, hint?: string): OutriggerError {
  return new OutriggerError('OUTRIGGER_CONFIG', message, {
    place: { path },
    ...(hint !== undefined && { hint }),
  });
}
