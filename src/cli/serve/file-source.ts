/** Configuration in files, or built in. Exports: {@link injectorFiles}, {@link meshFile}. */
import type { Logger } from 'pino';
import { OutriggerError } from '../../errors.ts';
import type { InjectorTexts, Reading, Source, SourceText } from '../../serving/source.ts';
import { watchFiles } from '../../serving/watch-files.ts';
import { blameConfig } from '../configuration/blame-config.ts';
import { blame } from '../configuration/blame-file.ts';
import type { ConfigurationFlags } from '../configuration/configuration-flags.ts';
import {
  type SourceText as FileText,
  preparedFor,
  readSources,
} from '../configuration/read-sources.ts';

/** A source made of files, with what people should know about it. */
export interface FileSource<T> extends Source<T> {
  readonly notes: readonly string[];
}

/**
 * The injector's part, from files; what the flags do not name is built in.
 *
 * @throws OutriggerError when a file cannot be read
 */
export function injectorFiles(
  { meshConfigFile, ...flags }: ConfigurationFlags,
  logger: Logger,
): Promise<FileSource<InjectorTexts>> {
  // The mesh file is named for the notes; its text is not used here.
  const { notes } = readSources({ ...flags, meshConfigFile });
  const { injectConfigFile, valuesFile = [] } = flags;
  return openFiles([injectConfigFile, ...valuesFile], notes, logger, () => {
    const { config, values } = readSources(flags);
    return {
      config: { ...textOf(config), blame: (error) => blameConfig(config, error) },
      values: textOf(values),
    };
  });
}

/** The mesh's part, from a file or built in. @throws OutriggerError when the file cannot be read */
export function meshFile(
  { meshConfigFile }: ConfigurationFlags,
  logger: Logger,
): Promise<FileSource<readonly SourceText[]>> {
  return openFiles([meshConfigFile], [], logger, () => [
    textOf(readSources({ meshConfigFile }).mesh),
  ]);
}

function textOf(file: FileText): SourceText {
  return {
    text: file.text,
    blame: (error) => blame(file, error, file.text),
    prepared: preparedFor(file),
  };
}

async function openFiles<T>(
  names: readonly (string | undefined)[],
  notes: readonly string[],
  logger: Logger,
  load: () => T,
): Promise<FileSource<T>> {
  const files = names.filter((name) => name !== undefined);
  const listeners: (() => void)[] = [];
  let reading: Reading<T> = { state: 'there', value: load() };
  let stale = false;
  const changed = () => {
    stale = true;
    for (const listener of listeners) listener();
  };
  const stop = files.length === 0 ? async () => {} : await watchFiles(files, changed, logger);
  return {
    description: files.length === 0 ? 'built in' : files.join(', '),
    notes,
    read() {
      // Not at the event itself: whoever writes the file may not be done yet.
      if (stale) reading = attempt(load);
      stale = false;
      return reading;
    },
    listen: (listener) => {
      listeners.push(listener);
    },
    stop,
  };
}

function attempt<T>(load: () => T): Reading<T> {
  try {
    return { state: 'there', value: load() };
  } catch (error) {
    if (error instanceof OutriggerError) return { state: 'wrong', error };
    const message = error instanceof Error ? error.message : String(error);
    return {
      state: 'wrong',
      error: new OutriggerError('OUTRIGGER_FILE', message, { cause: error }),
    };
  }
}
