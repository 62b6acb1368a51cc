import { OutriggerError } from '../../errors.ts';
import { parseGoYaml } from '../../goyaml/index.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';
import { linesBeforeContent } from './lines-before-content.ts';
import type { SourceDocument } from './source-document.ts';

/**
 * Reads a document. Undefined when there is nothing in it but blanks and comments.
 *
 * @throws OutriggerError `OUTRIGGER_YAML` with number, line and text of the line, when it is not YAML;
 * `OUTRIGGER_MANIFEST` when it is not an object
 */
export function parseDocument(document: SourceDocument): JsonObject | undefined {
  const { text, number, line } = document;
  let value: JsonValue;
  try {
    value = parseGoYaml(text);
  } catch (error) {
    throw atDocumentLine(document, error);
  }
  if (value === null) return undefined;
  if (isJsonObject(value)) return value;
  const found = Array.isArray(value) ? 'a list' : `a ${typeof value}`;
  const lineOffset = linesBeforeContent(text);
  throw new OutriggerError(
    'OUTRIGGER_MANIFEST',
    `a Kubernetes object is a mapping, but this is ${found}`,
    {
      place: { document: number, line: line + lineOffset, lineText: lineAt(text, lineOffset) },
      ...(Array.isArray(value) && {
        hint: 'A list of objects is written as kind: List with items.',
      }),
    },
  );
}

/** Puts the place of an error within a document into terms of the file. */
function atDocumentLine({ text, number, line }: SourceDocument, error: unknown): unknown {
  if (!(error instanceof OutriggerError)) return error;
  const { place, code, hint } = error;
  const offset = (place.line ?? 1) - 1;
  const reason = error.message.replace(/^yaml: (?:line \d+: )?/, '');
  return new OutriggerError(code, `error converting YAML to JSON: yaml: ${reason}`, {
    place: {
      document: number,
      line: line + offset,
      lineText: lineAt(text, offset),
      ...(place.column !== undefined && { column: place.column }),
    },
    // A hint that only repeats the place is no help, and it would count in the document.
    ...(hint !== undefined && !/^look at line/.test(hint) && { hint: sentence(hint) }),
    cause: error,
  });
}

function lineAt(text: string, index: number): string {
  return (text.split('\n', index + 1)[index] ?? '').trimEnd();
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
