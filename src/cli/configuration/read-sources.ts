import { embeddedConfiguration } from '../../embedded/load.ts';
import { OutriggerError } from '../../errors.ts';
import { blameFile } from './blame-file.ts';
import { configMapData } from './config-map.ts';
import type { ConfigurationFlags } from './configuration-flags.ts';
import { injectorConfigOf } from './injector-source.ts';
import { readTextFile } from './read-text-file.ts';
import { readValues } from './read-values.ts';
import { unknownValueNotes } from './unknown-value-notes.ts';

/** A text of the configuration and where it comes from. */
export interface SourceText {
  readonly text: string;
  /** The file; undefined for what comes with Outrigger. */
  readonly file: string | undefined;
  /** The whole text of that file, which may hold more than `text`. */
  readonly fileText: string | undefined;
}

/** Everything that a configuration is made from. */
export interface ConfigurationTextSources {
  readonly config: SourceText;
  readonly values: SourceText;
  readonly mesh: SourceText;
  /** What was taken from the embedded configuration although files were given; for people. */
  readonly notes: readonly string[];
}

/**
 * Reads the configuration that flags name; what they do not name is embedded. Never asks a cluster. Throws
 * OutriggerError when a file cannot be read or does not hold what it should.
 */
export function readSources(flags: ConfigurationFlags): ConfigurationTextSources {
  let embedded: ReturnType<typeof embeddedConfiguration> | undefined;
  const fallBack = (part: 'config' | 'values' | 'mesh'): SourceText => {
    embedded ??= embeddedConfiguration();
    return { text: embedded[part], file: undefined, fileText: undefined };
  };
  const inject = readInjector(flags.injectConfigFile);
  const config = inject?.config ?? fallBack('config');
  const values = readValues(flags, () => ({
    text: (inject?.values ?? fallBack('values')).text,
    replaced: inject !== undefined,
  }));
  const mesh = readMesh(flags.meshConfigFile);

  const notes: string[] = [];
  const anyFile = inject ?? values ?? mesh;
  if (inject && !values && !inject.values) {
    notes.push('values: the built-in ones; --valuesFile <file> takes yours');
  }
  if (anyFile && !mesh && inject) {
    notes.push('mesh configuration: the built-in one; --meshConfigFile <file> takes yours');
  }
  if (values !== undefined) notes.push(...unknownValueNotes(values.layers, config.text));
  return {
    config,
    values: values?.source ?? inject?.values ?? fallBack('values'),
    mesh: mesh ?? fallBack('mesh'),
    notes,
  };
}

function readInjector(
  file: string | undefined,
): { config: SourceText; values: SourceText | undefined } | undefined {
  if (!file) return undefined;
  const fileText = readTextFile(file);
  const data = configMapData(fileText, 'config');
  const source = data?.config ?? fileText;
  const text = blameFile({ text: source, file, fileText }, () => injectorConfigOf(source));
  return {
    config: { text, file, fileText },
    values: data?.values === undefined ? undefined : { text: data.values, file, fileText },
  };
}

function readMesh(file: string | undefined): SourceText | undefined {
  if (!file) return undefined;
  let fileText: string;
  try {
    fileText = readTextFile(file);
  } catch (error) {
    if (!(error instanceof OutriggerError)) throw error;
    const { code, message, place, hint, cause } = error;
    throw new OutriggerError(code, `cannot read mesh config file ${message}`, {
      place,
      ...(hint !== undefined && { hint }),
      cause,
    });
  }
  return { text: configMapData(fileText, 'mesh')?.mesh ?? fileText, file, fileText };
}
