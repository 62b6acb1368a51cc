import {
  BLANK_CODE,
  BREAK,
  COLON,
  characterClass,
  DASH,
  DOUBLE_QUOTE,
  END,
  HASH,
  INDICATOR,
  QUESTION,
  SINGLE_QUOTE,
  SPACE_OR_END,
  TAB,
} from './characters.ts';
import { GoYamlError } from './error.ts';
import { scanBlockScalar } from './scan-block-scalar.ts';
import { scanPlainScalar } from './scan-plain-scalar.ts';
import { directiveProblem, scanAnchorName, scanTag } from './scan-properties.ts';
import { scanQuotedScalar } from './scan-quoted-scalar.ts';
import { Source } from './source.ts';
import { T, type TokenKind, TokenStream } from './tokens.ts';

/**
 * Turns YAML text into tokens, up to the end of its first document, by the rules of libyaml, which go-yaml
 * v2 has ported. They differ from YAML 1.2 in ways that templates rely on: a bracket may close at the
 * column of its key, as in the templates that Istio ships.
 */
export function scan(text: string): TokenStream {
  const scanner = new Scanner(text);
  try {
    scanner.run();
  } catch (error) {
    scanner.tokens.failure = error;
    scanner.tokens.push(T.FAILURE, scanner.pos);
  }
  return scanner.tokens;
}

/** A key that spans lines or is longer than this needs a `?`. */
const longestSimpleKey = 1024;
/** Deeper than any manifest; keeps recursion in the parser safe. */
const deepestNesting = 500;

/** What may turn out to be a key: per flow level the last such token. */
interface PossibleKey {
  /** Index of the token's slot; -1: none. */
  slot: number;
  /** Must be a key, because it stands at the column of the keys of its mapping. */
  required: boolean;
  offset: number;
  /** Start of its line, which also identifies the line. */
  lineStart: number;
}

class Scanner {
  readonly tokens = new TokenStream();
  pos = 0;
  private readonly source: Source;
  private lineStart = 0;
  private flowLevel = 0;
  /** Column of the innermost block collection, -1 outside of all. */
  private indent = -1;
  private readonly indents: number[] = [];
  private keyAllowed = true;
  private readonly keys: PossibleKey[] = [{ slot: -1, required: false, offset: 0, lineStart: 0 }];
  private hasContent = false;

  constructor(text: string) {
    this.source = new Source(text);
  }

  run(): void {
    if (this.source.code(0) === 0xfeff) this.pos = this.lineStart = 1;
    while (this.scanToken());
  }

  /** Scans one token; false at the end of the document. */
  private scanToken(): boolean {
    const { source } = this;
    this.skipToToken();
    const { pos } = this;
    const column = pos - this.lineStart;
    if (this.indent > column) this.unroll(column);
    const code = source.code(pos);
    if (code === 0) return this.end(T.STREAM_END);
    if (column === 0) {
      if (code === 0x25) {
        this.scanDirective();
        return true;
      }
      if (source.isDocumentMark(pos)) return this.scanDocumentMark(code);
    }
    this.hasContent = true;
    const next = source.bits(pos + 1);
    const detached = (next & SPACE_OR_END) !== 0;
    if (((characterClass[code] ?? 0) & INDICATOR) === 0) {
      this.scanPlain();
      return true;
    }
    switch (code) {
      case DOUBLE_QUOTE:
      case SINGLE_QUOTE:
        this.scanQuoted();
        return true;
      case DASH:
        if (detached) this.scanEntry();
        else this.scanPlain();
        return true;
      case COLON:
        if (detached || this.flowLevel > 0) this.scanValue();
        else this.scanPlain();
        return true;
      case QUESTION:
        if (detached || this.flowLevel > 0) this.scanExplicitKey();
        else this.scanPlain();
        return true;
      case 0x7b:
        return this.openFlow(T.FLOW_MAPPING);
      case 0x5b:
        return this.openFlow(T.FLOW_SEQUENCE);
      case 0x7d:
        return this.closeFlow(T.FLOW_MAPPING_END);
      case 0x5d:
        return this.closeFlow(T.FLOW_SEQUENCE_END);
      case 0x2c:
        this.dropKey();
        this.keyAllowed = true;
        return this.single(T.FLOW_ENTRY);
      case 0x2a:
        return this.scanProperty(T.ALIAS);
      case 0x26:
        return this.scanProperty(T.ANCHOR);
      case 0x21:
        return this.scanProperty(T.TAG);
      case 0x7c:
      case 0x3e:
        if (this.flowLevel === 0) {
          this.scanBlock();
          return true;
        }
    }
    throw new GoYamlError('found character that cannot start any token', source.text, pos);
  }

  /** Tabs separate tokens only where no block collection can begin; elsewhere they are an error. */
  private skipToToken(): void {
    const { source } = this;
    let { pos } = this;
    for (;;) {
      let code = source.code(pos);
      const tabs = this.flowLevel > 0 || !this.keyAllowed;
      while (code === BLANK_CODE || (tabs && code === TAB)) code = source.code(++pos);
      if (code === HASH) {
        while (((characterClass[code] ?? 0) & (BREAK | END)) === 0) code = source.code(++pos);
      }
      if (((characterClass[code] ?? 0) & BREAK) === 0) break;
      pos = this.lineStart = source.afterBreak(pos);
      if (this.flowLevel === 0) this.keyAllowed = true;
    }
    this.pos = pos;
  }

  private single(kind: TokenKind): true {
    this.tokens.push(kind, this.pos);
    this.pos++;
    return true;
  }

  private end(kind: TokenKind): false {
    this.unroll(-1);
    this.dropKey();
    this.tokens.push(kind, this.pos);
    return false;
  }

  private scanDocumentMark(code: number): boolean {
    if (code !== DASH || this.hasContent) return this.end(T.DOCUMENT_END);
    this.hasContent = true;
    this.tokens.push(T.DOCUMENT_START, this.pos);
    this.keyAllowed = false;
    this.pos += 3;
    return true;
  }

  private scanDirective(): void {
    const { source, pos } = this;
    let end = pos;
    while ((source.bits(end) & (BREAK | END)) === 0) end++;
    const line = source.text.slice(pos, end);
    const problem = directiveProblem(line);
    if (problem !== undefined) throw new GoYamlError(problem, source.text, pos);
    this.unroll(-1);
    this.dropKey();
    this.keyAllowed = false;
    this.tokens.pushText(T.DIRECTIVE, pos, line);
    this.pos = end;
  }

  /** Ends the block collections that lie to the right of `column`. */
  private unroll(column: number): void {
    if (this.flowLevel > 0) return;
    while (this.indent > column) {
      this.tokens.push(T.BLOCK_END, this.pos);
      this.indent = this.indents.pop() ?? -1;
    }
  }

  /** Enters a block collection if `column` lies to the right of the current one; true if so. */
  private roll(column: number): boolean {
    if (this.flowLevel > 0 || this.indent >= column) return false;
    if (this.indents.length >= deepestNesting) {
      throw new GoYamlError(`exceeded max depth of ${deepestNesting}`, this.source.text, this.pos);
    }
    this.indents.push(this.indent);
    this.indent = column;
    return true;
  }

  private get key(): PossibleKey {
    return this.keys[this.keys.length - 1] as PossibleKey;
  }

  /** Remembers that the token about to be pushed may be a key. */
  private saveKey(): void {
    if (!this.keyAllowed) return;
    const { key } = this;
    if (key.slot !== -1 && key.required) this.missingColon(key);
    key.slot = this.tokens.length;
    key.required = this.flowLevel === 0 && this.indent === this.pos - this.lineStart;
    key.offset = this.pos;
    key.lineStart = this.lineStart;
    this.tokens.push(T.SLOT, this.pos);
  }

  private dropKey(): void {
    const { key } = this;
    if (key.slot !== -1 && key.required) this.missingColon(key);
    key.slot = -1;
  }

  /** go-yaml looks for the colon before it hands the key out, so the failure takes the key's place. */
  private missingColon(key: PossibleKey): never {
    this.tokens.setKind(key.slot, T.FAILURE);
    throw new GoYamlError("could not find expected ':'", this.source.text, key.offset);
  }

  private scanValue(): void {
    const { key } = this;
    if (
      key.slot !== -1 &&
      key.lineStart === this.lineStart &&
      this.pos - key.offset <= longestSimpleKey
    ) {
      const opens = this.roll(key.offset - key.lineStart);
      this.tokens.setKind(key.slot, opens ? T.MAPPING_AND_KEY : T.KEY);
      key.slot = -1;
      this.keyAllowed = false;
    } else {
      if (key.slot !== -1 && key.required) this.missingColon(key);
      if (this.flowLevel === 0) {
        if (!this.keyAllowed) this.notAllowed('mapping values');
        if (this.roll(this.pos - this.lineStart)) this.tokens.push(T.BLOCK_MAPPING, this.pos);
      }
      this.keyAllowed = this.flowLevel === 0;
    }
    this.single(T.VALUE);
  }

  private scanExplicitKey(): void {
    if (this.flowLevel === 0) {
      if (!this.keyAllowed) this.notAllowed('mapping keys');
      if (this.roll(this.pos - this.lineStart)) this.tokens.push(T.BLOCK_MAPPING, this.pos);
    }
    this.dropKey();
    this.keyAllowed = this.flowLevel === 0;
    this.single(T.KEY);
  }

  private scanEntry(): void {
    if (this.flowLevel === 0) {
      if (!this.keyAllowed) this.notAllowed('block sequence entries');
      if (this.roll(this.pos - this.lineStart)) this.tokens.push(T.BLOCK_SEQUENCE, this.pos);
    }
    this.dropKey();
    this.keyAllowed = true;
    this.single(T.ENTRY);
  }

  private notAllowed(what: string): never {
    throw new GoYamlError(`${what} are not allowed in this context`, this.source.text, this.pos);
  }

  private openFlow(kind: TokenKind): true {
    this.saveKey();
    if (this.keys.length > deepestNesting) {
      throw new GoYamlError(`exceeded max depth of ${deepestNesting}`, this.source.text, this.pos);
    }
    this.keys.push({ slot: -1, required: false, offset: 0, lineStart: 0 });
    this.flowLevel++;
    this.keyAllowed = true;
    return this.single(kind);
  }

  private closeFlow(kind: TokenKind): true {
    this.dropKey();
    if (this.flowLevel > 0) {
      this.flowLevel--;
      this.keys.pop();
    }
    this.keyAllowed = false;
    return this.single(kind);
  }

  private scanProperty(kind: TokenKind): true {
    this.saveKey();
    this.keyAllowed = false;
    const scanned =
      kind === T.TAG ? scanTag(this.source, this.pos) : scanAnchorName(this.source, this.pos);
    this.tokens.pushText(kind, this.pos, scanned.value);
    this.pos = scanned.end;
    return true;
  }

  private scanPlain(): void {
    this.saveKey();
    const scalar = scanPlainScalar(
      this.source,
      this.pos,
      this.lineStart,
      this.indent + 1,
      this.flowLevel > 0,
    );
    this.tokens.pushText(T.PLAIN, this.pos, scalar.value);
    this.pos = scalar.end;
    this.lineStart = scalar.lineStart;
    this.keyAllowed = scalar.endsInBreak;
  }

  private scanQuoted(): void {
    this.saveKey();
    const scalar = scanQuotedScalar(this.source, this.pos, this.lineStart);
    this.tokens.pushText(T.QUOTED, this.pos, scalar.value);
    this.pos = scalar.end;
    this.lineStart = scalar.lineStart;
    this.keyAllowed = false;
  }

  private scanBlock(): void {
    this.dropKey();
    const scalar = scanBlockScalar(this.source, this.pos, this.indent);
    this.tokens.pushText(T.QUOTED, this.pos, scalar.value);
    this.pos = scalar.end;
    this.lineStart = scalar.lineStart;
    this.keyAllowed = true;
  }
}
