import { compareKeys } from './key-order.ts';
import { shortestFloat } from './number-text.ts';
import { isMultiline, isUnprintable, scalarStyle } from './scalar-style.ts';

/** What can be written: JSON, and integers beyond 2^53 as bigint. */
export type YamlInput =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly YamlInput[]
  | { readonly [key: string]: YamlInput };

/**
 * Writes a value as go-yaml v2 does: keys in natural order, lists at the column of their key, long lines
 * folded. Ends with a newline. Strings are taken to be well-formed.
 */
export function stringifyGoYaml(value: YamlInput): string {
  const emitter = new Emitter();
  emitter.node(value, false);
  return emitter.finish();
}

/** From this column on a blank in a text becomes a line break. */
const bestWidth = 80;
const indentStep = 2;
/** Longer keys, in bytes of UTF-8, are written with a `?`. */
const longestSimpleKey = 128;

const escapes: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\u0085': '\\N',
  '\u2028': '\\L',
  '\u2029': '\\P',
};
const breaks = '\n\r\u0085\u2028\u2029';
/** A line with its break; the group is its content. */
const lines = /([^\n\u2028\u2029]*)[\n\u2028\u2029]|([^\n\u2028\u2029]+)$/g;

/** The writing half of libyaml, as far as block style needs it. Its state decides where lines break. */
class Emitter {
  private out = '';
  /** In code points. */
  private column = 0;
  private indent = -1;
  /** The last character written separates tokens. */
  private whitespace = true;
  /** Only indentation, dashes, `?` and `:` stand on the line so far. */
  private indention = true;

  finish(): string {
    this.indent = 0;
    this.writeIndent();
    return this.out;
  }

  /** @param inMapping the node is a value of a mapping, so that a list in it needs no indentation */
  node(value: YamlInput, inMapping: boolean): void {
    if (typeof value === 'string') this.scalar(value, false);
    else if (value === null || typeof value !== 'object') this.plain(plainText(value), false);
    else if (isList(value)) this.list(value, inMapping);
    else this.mapping(value);
  }

  private list(items: readonly YamlInput[], inMapping: boolean): void {
    if (items.length === 0) {
      this.indicator('[]', true);
      return;
    }
    const outer = this.indent;
    if (!(inMapping && !this.indention)) this.indent = outer < 0 ? 0 : outer + indentStep;
    for (const item of items) {
      this.writeIndent();
      this.indicator('-', true, true);
      this.node(item, false);
    }
    this.indent = outer;
  }

  private mapping(members: { readonly [key: string]: YamlInput }): void {
    const keys = Object.keys(members);
    if (keys.length === 0) {
      this.indicator('{}', true);
      return;
    }
    const outer = this.indent;
    this.indent = outer < 0 ? 0 : outer + indentStep;
    for (const key of keys.sort(compareKeys)) {
      this.writeIndent();
      if (isSimpleKey(key)) {
        this.scalar(key, true);
        this.indicator(':', false);
      } else {
        this.indicator('?', true, true);
        this.scalar(key, false);
        this.writeIndent();
        this.indicator(':', true, true);
      }
      this.node(members[key] ?? null, true);
    }
    this.indent = outer;
  }

  private scalar(text: string, simpleKey: boolean): void {
    const outer = this.indent;
    this.indent = outer < 0 ? indentStep : outer + indentStep;
    switch (scalarStyle(text, { simpleKey })) {
      case 'plain':
        this.plain(text, !simpleKey);
        break;
      case 'single':
        this.singleQuoted(text, !simpleKey);
        break;
      case 'double':
        this.doubleQuoted(text, !simpleKey);
        break;
      case 'literal':
        this.literal(text);
        break;
    }
    this.indent = outer;
  }

  private write(text: string): void {
    this.out += text;
    this.column += text.length;
  }

  private newline(): void {
    this.out += '\n';
    this.column = 0;
  }

  private writeIndent(): void {
    const indent = Math.max(this.indent, 0);
    if (!this.indention || this.column > indent || (this.column === indent && !this.whitespace)) {
      this.newline();
    }
    if (this.column < indent) this.write(' '.repeat(indent - this.column));
    this.whitespace = true;
    this.indention = true;
  }

  private indicator(text: string, spaceBefore: boolean, keepsIndention = false): void {
    if (spaceBefore && !this.whitespace) this.write(' ');
    this.write(text);
    this.whitespace = false;
    this.indention &&= keepsIndention;
  }

  private plain(text: string, mayFold: boolean): void {
    if (!this.whitespace) this.write(' ');
    this.whitespace = false;
    this.indention = false;
    if (!mayFold || this.column + text.length <= bestWidth || !text.includes(' ')) {
      this.out += text;
      this.column += lengthOf(text);
      return;
    }
    this.foldable(text, false);
    this.whitespace = false;
    this.indention = false;
  }

  private singleQuoted(text: string, mayFold: boolean): void {
    this.indicator("'", true);
    if (mayFold) this.foldable(text, true);
    else this.characters(text.replaceAll("'", "''"));
    this.indicator("'", false);
  }

  private characters(text: string): void {
    this.out += text;
    this.column += lengthOf(text);
  }

  /** Text in which a blank that stands alone may become a line break. */
  private foldable(text: string, quoted: boolean): void {
    const characters = Array.from(text);
    const last = characters.length - 1;
    let afterBlank = false;
    let afterBreak = false;
    for (const [i, character] of characters.entries()) {
      if (character === ' ') {
        const inside = !quoted || (i > 0 && i < last);
        if (!afterBlank && this.column > bestWidth && inside && characters[i + 1] !== ' ') {
          this.writeIndent();
        } else {
          this.write(character);
        }
        afterBlank = true;
      } else if (breaks.includes(character)) {
        this.out += character;
        this.column = 0;
        this.indention = true;
        afterBreak = true;
      } else {
        if (afterBreak) this.writeIndent();
        this.out += quoted && character === "'" ? "''" : character;
        this.column += quoted && character === "'" ? 2 : 1;
        this.indention = false;
        afterBlank = false;
        afterBreak = false;
      }
    }
  }

  private doubleQuoted(text: string, mayFold: boolean): void {
    this.indicator('"', true);
    const characters = Array.from(text);
    const last = characters.length - 1;
    // libyaml looks for a byte order mark at the wrong place: at the start, for every character.
    const escapeAll = text.startsWith('\ufeff');
    let afterBlank = false;
    for (const [i, character] of characters.entries()) {
      if (escapeAll) {
        this.write(escapes[character] ?? (character === '\u00a0' ? '\\_' : hexEscape(character)));
      } else if (character === ' ') {
        const inside = i > 0 && i < last;
        if (mayFold && !afterBlank && this.column > bestWidth && inside) {
          this.writeIndent();
          // The blanks at the start of a line would be dropped on reading.
          if (characters[i + 1] === ' ') this.write('\\');
        } else {
          this.write(' ');
        }
        afterBlank = true;
      } else {
        const escaped = escapeOf(character);
        if (escaped === undefined) {
          this.out += character;
          this.column++;
          this.indention = false;
        } else {
          this.write(escaped);
        }
        afterBlank = false;
      }
    }
    this.indicator('"', false);
  }

  private literal(text: string): void {
    const indentHint = ` ${breaks}`.includes(text.charAt(0)) ? String(indentStep) : '';
    const chompHint = /[^\n\r\u0085\u2028\u2029]$/.test(text)
      ? '-'
      : text.length === 1 || breaks.includes(text.charAt(text.length - 2))
        ? '+'
        : '';
    this.indicator(`|${indentHint}${chompHint}`, true);
    this.newline();
    const indentation = ' '.repeat(this.indent);
    for (const [line, ended, open] of text.matchAll(lines)) {
      const content = ended ?? open ?? '';
      this.out += content === '' ? line : indentation + line;
      this.column = line === content ? this.indent + lengthOf(content) : 0;
    }
    this.whitespace = true;
    this.indention = this.column === 0;
  }
}

function isList(value: object): value is readonly YamlInput[] {
  return Array.isArray(value);
}

function lengthOf(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xd800) length--;
  }
  return length;
}

function isSimpleKey(key: string): boolean {
  if (key.length * 3 > longestSimpleKey && Buffer.byteLength(key) > longestSimpleKey) return false;
  return !isMultiline(key);
}

function escapeOf(character: string): string | undefined {
  const short = Object.hasOwn(escapes, character) ? escapes[character] : undefined;
  return short ?? (isUnprintable(character) ? hexEscape(character) : undefined);
}

function hexEscape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

const leastInteger = -(2n ** 63n);
const greatestInteger = 2n ** 64n - 1n;

/** Numbers went through JSON on their way, so a whole number within 64 bits is an integer. */
function plainText(value: number | bigint | boolean | null): string {
  if (typeof value !== 'number') return String(value);
  if (Number.isInteger(value)) {
    if (Number.isSafeInteger(value)) return String(value + 0);
    const text = String(value);
    if (!text.includes('e')) {
      const exact = BigInt(text);
      if (exact >= leastInteger && exact <= greatestInteger) return text;
    }
  }
  return shortestFloat(value);
}
