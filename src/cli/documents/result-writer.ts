import type { SourceDocument } from '../../manifest/documents/source-document.ts';
import type { RewrittenDocument } from '../../manifest/rewritten-document.ts';
import { FileJoiner } from './join-files.ts';

/**
 * What commands print about rewritten manifests: the manifests, a unified diff, or patches of the objects
 * (RFC 6902, RFC 7396).
 */
export const resultFormats = ['manifest', 'patch', 'json-patch', 'merge-patch'] as const;

/** One of {@link resultFormats}. */
export type ResultFormat = (typeof resultFormats)[number];

/** Prints the results of documents in one format. */
export interface ResultWriter {
  /** Has to be called before the documents of each file. */
  startFile(name: string): void;
  document(document: SourceDocument, result: RewrittenDocument): void;
  /** Has to be called after the last document. */
  end(): void;
}

/** Makes the writer of a format; formats other than manifests are loaded when they are asked for. */
export async function resultWriter(
  format: ResultFormat,
  write: (text: string) => void,
): Promise<ResultWriter> {
  if (format === 'manifest') return manifestWriter(write);
  if (format === 'patch') {
    const { diffWriter } = await import('./diff-writer.ts');
    return diffWriter(({ text }) => write(text));
  }
  const { patchWriter } = await import('./patch-writer.ts');
  return patchWriter(format, write);
}

/** A writer that also tells when a document changed. */
export function noticing(writer: ResultWriter, changed: () => void): ResultWriter {
  return {
    startFile: (name) => writer.startFile(name),
    document(document, result) {
      if (result.text !== document.text) changed();
      writer.document(document, result);
    },
    end: () => writer.end(),
  };
}

function manifestWriter(write: (text: string) => void): ResultWriter {
  const joiner = new FileJoiner(write);
  return {
    startFile: () => joiner.startFile(),
    document: (document, { text }) => joiner.add(text, document),
    end: () => {},
  };
}
