import { OutriggerError } from '../../errors.ts';
import type { SourceDocument } from './source-document.ts';
import { splitJsonValues } from './split-json-values.ts';

/** A longer document than any API server takes; bounds the memory that one document can ask for. */
const maxDocument = 64 * 1024 * 1024;

/**
 * Splits a manifest into documents as it is read, so that memory does not grow with its length. The texts
 * and separators put together are the input again.
 *
 * Lines are all that counts, as for kubectl: a line that begins with `---` ends a document, also inside of
 * a block scalar. Only blanks and a comment may follow on that line. In front of any text, the line belongs
 * to the document after it (`pkg/kube/inject/inject.go`, IntoResourceFile). Beyond that, `...` ends a
 * document, and JSON values that simply follow each other are documents of their own.
 *
 * @throws OutriggerError `OUTRIGGER_YAML` with the line, when other text follows `---`
 */
export async function* splitDocuments(
  chunks: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<SourceDocument> {
  const splitter = new Splitter();
  for await (const chunk of chunks) yield* splitter.add(chunk);
  yield* splitter.end();
}

class Splitter {
  /** Complete lines of a document that has not ended yet. */
  private lines: string[] = [];
  /** The start of a line, in pieces. */
  private rest: string[] = [];
  private restSize = 0;
  private size = 0;
  private line = 1;
  private startLine = 1;
  private number = 0;

  *add(chunk: string): Generator<SourceDocument> {
    let start = 0;
    for (let at = chunk.indexOf('\n'); at >= 0; at = chunk.indexOf('\n', start)) {
      yield* this.addLine(this.takeRest() + chunk.slice(start, at + 1));
      start = at + 1;
    }
    if (start === chunk.length) return;
    this.rest.push(chunk.slice(start));
    this.restSize += chunk.length - start;
    this.checkSize(this.restSize);
  }

  *end(): Generator<SourceDocument> {
    const rest = this.takeRest();
    if (rest !== '') yield* this.addLine(rest);
    if (this.lines.length > 0) yield* this.document('');
  }

  private takeRest(): string {
    if (this.rest.length === 0) return '';
    const text = this.rest.join('');
    this.rest = [];
    this.restSize = 0;
    return text;
  }

  private *addLine(line: string): Generator<SourceDocument> {
    if (line.startsWith('---')) this.checkSeparator(line);
    if (line.startsWith('---') && this.lines.length > 0) {
      yield* this.document(line);
    } else {
      this.lines.push(line);
      this.size += line.length;
      this.checkSize(0);
      if (/^\.\.\.\s*$/.test(line)) yield* this.document('');
    }
    this.line++;
    if (this.lines.length === 0) this.startLine = this.line;
  }

  private *document(separator: string): Generator<SourceDocument> {
    const text = this.lines.join('');
    let line = this.startLine;
    this.lines = [];
    this.size = 0;
    const values = splitJsonValues(text);
    for (const [index, value] of values.entries()) {
      if (/\S/.test(value)) this.number++;
      const last = index === values.length - 1;
      yield { text: value, separator: last ? separator : '', number: this.number, line };
      line += value.split('\n').length - 1;
    }
  }

  private checkSeparator(line: string): void {
    const after = line.slice(3).trimEnd();
    if (after === '' || /^\s*#/.test(after)) return;
    throw new OutriggerError('OUTRIGGER_YAML', `invalid Yaml document separator: ${after.trim()}`, {
      place: { line: this.line, column: 4, lineText: line.trimEnd() },
      hint: 'Only a comment may follow --- on its line.',
    });
  }

  private checkSize(more: number): void {
    if (this.size + more <= maxDocument) return;
    throw new OutriggerError('OUTRIGGER_YAML', 'the document is larger than 64 MiB', {
      place: { line: this.startLine },
      hint: 'Kubernetes takes objects of a few MiB at most; is this a manifest?',
    });
  }
}
