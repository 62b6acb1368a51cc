import type { Logger } from 'pino';
import { OutriggerError } from '../errors.ts';
import { coalesce } from './coalesce.ts';
import type { NamespaceKnowledge } from './namespace-knowledge.ts';
import { type NamespacesFile, parseNamespaces } from './namespaces-file.ts';
import { watchFiles } from './watch-files.ts';

/**
 * Knows the namespaces that a file lists, and nothing of others. The file is read again when it changes; while
 * it is wrong, what it said before holds.
 *
 * @param read gives the text of the file; it throws an OutriggerError when there is none
 * @throws OutriggerError when the file is wrong from the start
 */
export async function fileNamespaces(
  file: string,
  read: () => string,
  logger: Logger,
): Promise<NamespaceKnowledge> {
  let text = read();
  let known: NamespacesFile = parsed(text, file);
  let problem: string | undefined;

  const reload = () => {
    try {
      const next = read();
      if (next === text && problem === undefined) return;
      known = parsed(next, file);
      text = next;
      problem = undefined;
      logger.info({ file, namespaces: known.namespaces.size }, 'the namespaces were read again');
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (message === problem) return;
      problem = message;
      logger.error(
        { file, error: message },
        'the file of namespaces is wrong; what it said before holds',
      );
    }
  };
  const soon = coalesce(reload, { quietMs: 100, mostMs: 500 });
  const stopWatching = await watchFiles([file], soon.ask, logger);
  return {
    description: file,
    namespace: (name) => known.namespaces.get(name),
    names: () => known.namespaces.keys(),
    tags: () => known.tags,
    readiness: () => [],
    stop() {
      soon.stop();
      return stopWatching();
    },
  };
}

function parsed(text: string, file: string): NamespacesFile {
  try {
    return parseNamespaces(text);
  } catch (error) {
    if (!(error instanceof OutriggerError)) throw error;
    throw new OutriggerError(error.code, error.message, {
      place: { ...error.place, file },
      ...(error.hint !== undefined && { hint: error.hint }),
      cause: error,
    });
  }
}
