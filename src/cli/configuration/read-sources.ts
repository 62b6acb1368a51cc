import { embeddedConfiguration } from '../../embedded/load.ts';
import { preparedBuiltIn } from '../../embedded/prepared.ts';
import { OutriggerError } from '../../errors.ts';
import type { PreparedTexts } from '../../inject/config/prepared-texts.ts';
import { blameFile } from './blame-file.ts';
import { configMapData } from './config-map.ts';
import type { ConfigurationFlags } from './configuration-flags.ts';
import { injectorConfigOf } from './injector-source.ts';
import { type ReadText, readTextFile } from './read-text-file.ts';
import { readValues } from './read-values.ts';
import { unknownValueNotes } from './unknown-value-notes.ts';

/** A text of the configuration and where it comes from. */
export interface SourceText {
  readonly text: string;
  /** The file, or what stands in its place in a cluster; undefined for what comes with Outrigger. */
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

/** What the files hold that flags name. */
export interface ConfigurationFiles {
  readonly config: SourceText | undefined;
  /** Values that stand next to the injector configuration; `--valuesFile` comes before them. */
  readonly values: SourceText | undefined;
  readonly mesh: SourceText | undefined;
}

/**
 * Reads the configuration that flags name; what they do not name is embedded. Never asks a cluster. Throws
 * OutriggerError when a file cannot be read or does not hold what it should.
 */
export function readSources(
  flags: ConfigurationFlags,
  readText: ReadText = readTextFile,
): ConfigurationTextSources {
  return completeSources(flags, readConfigurationFiles(flags, readText), readText);
}

/** Reads the files of the injector and of the mesh. Throws OutriggerError as {@link readSources} does. */
export function readConfigurationFiles(
  flags: ConfigurationFlags,
  readText: ReadText = readTextFile,
): ConfigurationFiles {
  const inject = readInjector(flags.injectConfigFile, readText);
  const mesh = readMesh(flags.meshConfigFile, readText);
  return { config: inject?.config, values: inject?.values, mesh };
}

/**
 * Adds to what has been read the values that flags give, and from the embedded configuration what is missing.
 *
 * @param read out of files, or a cluster
 */
export function completeSources(
  flags: ConfigurationFlags,
  read: ConfigurationFiles,
  readText: ReadText = readTextFile,
): ConfigurationTextSources {
  let embedded: ReturnType<typeof embeddedConfiguration> | undefined;
  const fallBack = (part: 'config' | 'values' | 'mesh'): SourceText => {
    embedded ??= embeddedConfiguration();
    return { text: embedded[part], file: undefined, fileText: undefined };
  };
  const config = read.config ?? fallBack('config');
  const base = () => ({
    text: (read.values ?? fallBack('values')).text,
    replaced: read.config !== undefined,
  });
  const values = readValues(flags, base, readText);
  const notes: string[] = [];
  if (read.config && !values && !read.values) {
    notes.push('values: the built-in ones; --valuesFile <file> takes yours');
  }
  if (read.config && !read.mesh) {
    notes.push('mesh configuration: the built-in one; --meshConfigFile <file> takes yours');
  }
  if (values !== undefined) notes.push(...unknownValueNotes(values.layers, config.text));
  return {
    config,
    values: values?.source ?? read.values ?? fallBack('values'),
    mesh: read.mesh ?? fallBack('mesh'),
    notes,
  };
}

/** What is known about a text ahead: something only when it is built in. */
export function preparedFor({ file }: SourceText): PreparedTexts | undefined {
  return file === undefined ? preparedBuiltIn() : undefined;
}

function readInjector(
  file: string | undefined,
  readText: ReadText,
): { config: SourceText; values: SourceText | undefined } | undefined {
  if (!file) return undefined;
  const fileText = readText(file);
  const data = configMapData(fileText, 'config');
  const source = data?.config ?? fileText;
  const text = blameFile({ text: source, file, fileText }, () => injectorConfigOf(source));
  return {
    config: { text, file, fileText },
    values: data?.values === undefined ? undefined : { text: data.values, file, fileText },
  };
}

function readMesh(file: string | undefined, readText: ReadText): SourceText | undefined {
  if (!file) return undefined;
  let fileText: string;
  try {
    fileText = readText(file);
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
