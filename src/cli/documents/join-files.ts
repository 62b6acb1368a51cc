import type { SourceDocument } from '../../manifest/documents/source-document.ts';

/** Puts the documents of several files behind each other, with a separator between the files. */
export class FileJoiner {
  private readonly write: (text: string) => void;
  private last = '';
  private pending = false;

  constructor(write: (text: string) => void) {
    this.write = write;
  }

  /** Has to be called before the documents of each file. */
  startFile(): void {
    this.pending = this.last !== '';
  }

  /** Writes a document with the text that it has now, and the separator that followed it. */
  add(text: string, { separator }: Pick<SourceDocument, 'separator'>): void {
    let shown = text;
    if (this.pending && /\S/.test(text)) {
      // A byte order mark only belongs at the start of everything.
      shown = text.replace(/^\ufeff/, '');
      if (!this.last.endsWith('\n')) this.put('\n');
      if (!/^---/.test(shown) && !/^---[ \t]*(?:#.*)?\r?\n$/.test(this.last)) this.put('---\n');
      this.pending = false;
    }
    this.put(shown);
    if (separator !== '' && !shown.endsWith('\n')) this.put('\n');
    this.put(separator);
  }

  private put(text: string): void {
    if (text === '') return;
    this.write(text);
    this.last = text;
  }
}
