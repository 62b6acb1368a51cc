import { goQuote } from '../fmt/go-quote.ts';
import { toBytes } from '../value/utf8.ts';

const [quote, comma, colon] = [0x22, 0x2c, 0x3a];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Containers in each other that encoding/json takes. */
export const maxDepth = 10_000;

/**
 * Says what is wrong with text that is not JSON, in the words of Go's encoding/json:
 * `invalid character 'x' looking for beginning of value`, `unexpected end of JSON input`. Undefined when
 * nothing is.
 */
export function jsonSyntaxProblem(text: string): string | undefined {
  const checker = new Checker(toBytes(text));
  try {
    checker.document();
  } catch (error) {
    if (error instanceof Problem) return error.message;
    throw error;
  }
  return undefined;
}

class Problem extends Error {}

const literals: ReadonlyMap<number, string> = new Map(
  ['true', 'false', 'null'].map((word) => [word.charCodeAt(0), word]),
);

/** A list or an object that is open while checking. */
type Container = 'list' | 'object';

class Checker {
  private readonly bytes: Uint8Array;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** Goes through the text, without recursion; throws the first Problem. */
  document(): void {
    const open: Container[] = [];
    this.value(open);
    while (open.length > 0) {
      if (open.at(-1) === 'list') this.afterElement(open);
      else this.afterMember(open);
    }
    this.blanks();
    if (this.at < this.bytes.length) this.unexpected('after top-level value');
  }

  private byte(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined) throw new Problem('unexpected end of JSON input');
    return byte;
  }

  /** Inside numbers, words and escapes Go sees a blank at the end of the text, and complains about that. */
  private innerByte(): number {
    return this.bytes[this.at] ?? 0x20;
  }

  private unexpected(context: string): never {
    throw new Problem(`invalid character ${quoteByte(this.innerByte())} ${context}`);
  }

  private blanks(): void {
    for (;;) {
      const byte = this.bytes[this.at];
      if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) return;
      this.at++;
    }
  }

  /** A value, or as much of it as comes before its first scalar or empty container. */
  private value(open: Container[]): void {
    for (;;) {
      this.blanks();
      const byte = this.byte();
      if (byte !== openList && byte !== openObject) {
        this.scalar(byte);
        return;
      }
      if (open.length >= maxDepth) throw new Problem('exceeded max depth');
      this.at++;
      this.blanks();
      open.push(byte === openList ? 'list' : 'object');
      if (this.byte() === (byte === openList ? closeList : closeObject)) {
        this.close(open);
        return;
      }
      if (byte === openObject) this.key();
    }
  }

  private scalar(byte: number): void {
    if (byte === quote) {
      this.string();
    } else if (byte === 0x2d || isDigit(byte)) {
      this.number();
    } else {
      const word = literals.get(byte);
      if (word === undefined) this.unexpected('looking for beginning of value');
      this.literal(word);
    }
  }

  private close(open: Container[]): void {
    this.at++;
    open.pop();
  }

  private afterElement(open: Container[]): void {
    this.blanks();
    const byte = this.byte();
    if (byte === closeList) {
      this.close(open);
    } else if (byte === comma) {
      this.at++;
      this.value(open);
    } else {
      this.unexpected('after array element');
    }
  }

  private afterMember(open: Container[]): void {
    this.blanks();
    const byte = this.byte();
    if (byte === closeObject) {
      this.close(open);
    } else if (byte === comma) {
      this.at++;
      this.blanks();
      this.key();
      this.value(open);
    } else {
      this.unexpected('after object key:value pair');
    }
  }

  private key(): void {
    if (this.byte() !== quote) this.unexpected('looking for beginning of object key string');
    this.string();
    this.blanks();
    if (this.byte() !== colon) this.unexpected('after object key');
    this.at++;
  }

  private string(): void {
    this.at++;
    for (;;) {
      const byte = this.byte();
      if (byte < 0x20) this.unexpected('in string literal');
      this.at++;
      if (byte === quote) return;
      if (byte === 0x5c) this.escape();
    }
  }

  private escape(): void {
    const letter = String.fromCharCode(this.innerByte());
    if (!'bfnrt\\/"u'.includes(letter)) this.unexpected('in string escape code');
    this.at++;
    if (letter !== 'u') return;
    for (let i = 0; i < 4; i++) {
      if (!/[0-9A-Fa-f]/.test(String.fromCharCode(this.innerByte()))) {
        this.unexpected('in \\u hexadecimal character escape');
      }
      this.at++;
    }
  }

  private number(): void {
    if (this.bytes[this.at] === 0x2d) {
      this.at++;
      if (!isDigit(this.innerByte())) this.unexpected('in numeric literal');
    }
    if (this.bytes[this.at] === 0x30) this.at++;
    else this.digits();
    if (this.bytes[this.at] === 0x2e) {
      this.at++;
      if (!isDigit(this.innerByte())) this.unexpected('after decimal point in numeric literal');
      this.digits();
    }
    if (this.bytes[this.at] === 0x65 || this.bytes[this.at] === 0x45) {
      this.at++;
      if (this.innerByte() === 0x2b || this.innerByte() === 0x2d) this.at++;
      if (!isDigit(this.innerByte())) this.unexpected('in exponent of numeric literal');
      this.digits();
    }
  }

  private digits(): void {
    while (isDigit(this.bytes[this.at] ?? 0)) this.at++;
  }

  private literal(word: string): void {
    for (const letter of word) {
      if (this.innerByte() !== letter.charCodeAt(0)) {
        this.unexpected(`in literal ${word} (expecting '${letter}')`);
      }
      this.at++;
    }
  }
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** A byte as Go quotes it in these messages: taken for a code point of its own. */
function quoteByte(byte: number): string {
  if (byte === 0x27) return "'\\''";
  if (byte === 0x22) return "'\"'";
  return `'${goQuote(String.fromCharCode(byte)).slice(1, -1)}'`;
}
