/**
 * The little language of Helm's `--set`: `a.b=1,c[0]=x,d={p,q}` (`helm.sh/helm/pkg/strvals`).
 * Exports: {@link parseSetExpression}, {@link Assignment}, {@link SetKind}.
 */
import { OutriggerError } from '../errors.ts';
import type { JsonValue } from '../json.ts';
import type { ValuePath } from './value-path.ts';

/** One assignment of an expression. */
export interface Assignment {
  readonly path: ValuePath;
  readonly value: JsonValue;
}

/** `typed` reads numbers, booleans and null; `text` takes everything as text. */
export type SetKind = 'typed' | 'text';

/** Bounds that Helm has, too. */
const deepest = 30;
const highestIndex = 65_536;

/**
 * Reads an expression. A backslash takes the meaning from the next character; a list may stand in braces.
 * Throws OutriggerError `OUTRIGGER_USAGE`.
 */
export function parseSetExpression(text: string, kind: SetKind): readonly Assignment[] {
  const reader = new Reader(text);
  const assignments: Assignment[] = [];
  while (!reader.atEnd()) {
    const path = readPath(reader);
    assignments.push({ path, value: readValue(reader, kind) });
    reader.skip(',');
  }
  return assignments;
}

function readPath(reader: Reader): ValuePath {
  const start = reader.position;
  const path: (string | number)[] = [];
  for (;;) {
    const name = reader.until('=[,.');
    // After an index the name is empty: `a[0].b`, `a[0][1]`, `a[0]=x`.
    if (name !== '' || typeof path.at(-1) !== 'number') path.push(name);
    if (name === '' && typeof path.at(-1) !== 'number') throw reader.fail('a name is missing');
    if (path.length > deepest) throw reader.fail(`names are nested deeper than ${deepest}`);
    const stop = reader.take();
    if (stop === '=') return path;
    if (stop === '[') path.push(readIndex(reader));
    else if (stop !== '.') {
      throw reader.fail(`"${reader.since(start).replace(/,$/, '')}" has no value`);
    } else if (reader.peek() === '' || reader.peek() === '=') {
      throw reader.fail('a name is missing');
    }
  }
}

function readIndex(reader: Reader): number {
  const digits = reader.until(']');
  if (reader.take() !== ']') throw reader.fail('"]" is missing');
  const index = /^\d{1,9}$/.test(digits) ? Number(digits) : -1;
  if (index >= 0 && index <= highestIndex) return index;
  throw reader.fail(`"${digits}" is no index from 0 to ${highestIndex}`);
}

function readValue(reader: Reader, kind: SetKind): JsonValue {
  if (reader.peek() !== '{') return typed(reader.until(','), kind);
  reader.take();
  const list: JsonValue[] = [];
  while (reader.peek() !== '}') {
    const item = reader.until(',}');
    if (reader.peek() === '') throw reader.fail('"}" is missing');
    list.push(typed(item, kind));
    reader.skip(',');
  }
  reader.take();
  if (!reader.atEnd() && reader.peek() !== ',') throw reader.fail('a comma is missing after "}"');
  return list;
}

/** Fractions stay text, and so do numbers with leading zeros: Helm has it so. */
function typed(text: string, kind: SetKind): JsonValue {
  if (kind === 'text') return text;
  switch (text.toLowerCase()) {
    case 'true':
      return true;
    case 'false':
      return false;
    case 'null':
      return null;
    default:
      break;
  }
  const number = /^(?:0|[-+]?[1-9]\d*|[-+]0+)$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(number) ? number : text;
}

/** Goes through an expression character by character. */
class Reader {
  readonly #text: string;
  position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  atEnd(): boolean {
    return this.position >= this.#text.length;
  }

  /** The next character; empty at the end. */
  peek(): string {
    return this.#text.charAt(this.position);
  }

  take(): string {
    return this.#text.charAt(this.position++);
  }

  skip(character: string): void {
    if (this.peek() === character) this.position++;
  }

  /** What comes before one of the characters, or before the end. */
  until(stops: string): string {
    let read = '';
    while (!this.atEnd() && !stops.includes(this.peek())) {
      const character = this.take();
      read += character === '\\' ? this.take() : character;
    }
    return read;
  }

  since(start: number): string {
    return this.#text.slice(start, this.position);
  }

  fail(reason: string): OutriggerError {
    const at = Math.min(this.position, this.#text.length);
    const where = at < this.#text.length ? ` before "${this.#text.slice(at)}"` : '';
    return new OutriggerError('OUTRIGGER_USAGE', `${reason}${where}, in "${this.#text}"`, {
      hint: 'Write it as Helm does: key=value, a.b=1, list={x,y}, list[0]=x; a backslash before a comma or dot that is meant.',
    });
  }
}
