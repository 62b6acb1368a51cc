import type { JsonObject, JsonValue } from '../json.ts';
import { AliasBudget } from './alias-budget.ts';
import { GoYamlError } from './error.ts';
import { keyText } from './key-text.ts';
import { resolvePlain, type Scalar } from './resolve.ts';
import { scan } from './scan.ts';
import { TagTable } from './tags.ts';
import { kindSet, T, type TokenKind, type TokenStream } from './tokens.ts';

/**
 * Reads the first document of a YAML text as go-yaml v2 does and turns it into JSON as
 * `sigs.k8s.io/yaml` does: YAML 1.1 booleans, octal numbers and merge keys; all keys become strings; of
 * equal keys the last one wins; every number is a float64. Empty text is null.
 *
 * @throws GoYamlError with a message as Go words it (`yaml: line 2: did not find expected key`)
 */
export function parseGoYaml(text: string): JsonValue {
  refuseControlCharacters(text);
  return new Parser(text).parse();
}

/** Throws for characters that YAML forbids everywhere, comments and quotes included. */
export function refuseControlCharacters(text: string): void {
  const strange = unreadable.exec(text);
  if (strange !== null) {
    throw new GoYamlError('control characters are not allowed', text, strange.index);
  }
  if (!text.isWellFormed()) throw new GoYamlError('invalid Unicode character', text, 0);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that go-yaml refuses.
const unreadable = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/;

/** Token kinds after which a mapping or list has an empty node. */
const endsEntry = kindSet(T.ENTRY, T.BLOCK_END);
const endsIndentlessEntry = kindSet(T.ENTRY, T.KEY, T.VALUE, T.BLOCK_END);
const endsBlockPart = kindSet(T.KEY, T.VALUE, T.BLOCK_END);
const endsPairPart = kindSet(T.VALUE, T.FLOW_ENTRY, T.FLOW_SEQUENCE_END);
const endsFlowPart = kindSet(T.VALUE, T.FLOW_ENTRY, T.FLOW_MAPPING_END);
const endsDocument = kindSet(T.DIRECTIVE, T.DOCUMENT_START, T.DOCUMENT_END, T.STREAM_END);
const endsStream = kindSet(T.STREAM_END);

/** Marks an anchor whose node is still being read. */
const unfinished = Symbol('unfinished');

class Parser {
  private readonly text: string;
  private readonly tokens: TokenStream;
  private at = 0;
  private textAt = 0;
  private anchors: Map<string, JsonValue | typeof unfinished> | undefined;
  private readonly budget: AliasBudget;
  private readonly tags: TagTable;
  /** Whether the node just read was an untagged plain `<<`. */
  private sawMergeKey = false;

  constructor(text: string) {
    this.text = text;
    this.tokens = scan(text);
    this.budget = new AliasBudget(() => this.fail('document contains excessive aliasing'));
    this.tags = new TagTable((problem) => this.fail(problem));
  }

  parse(): JsonValue {
    for (; this.peek() === T.DIRECTIVE; this.at++) this.tags.declare(this.nextText());
    const isExplicit = this.peek() === T.DOCUMENT_START;
    if (isExplicit) this.at++;
    else if (this.tags.declared) this.fail('did not find expected <document start>');
    if (this.isAt(isExplicit ? endsDocument : endsStream)) return null;
    const value = this.node(true, false);
    // go-yaml leaves the rest alone, but for the first token of it.
    this.peek();
    return value;
  }

  private fail(problem: string, token = this.at): never {
    throw new GoYamlError(problem, this.text, this.tokens.offset(token));
  }

  /** Kind of the next token. */
  private peek(): TokenKind {
    let kind = this.tokens.kind(this.at);
    while (kind === T.SLOT) kind = this.tokens.kind(++this.at);
    if (kind === T.FAILURE) throw this.tokens.failure;
    return kind;
  }

  /** Whether the next token is one of a set of kinds. */
  private isAt(set: number): boolean {
    return ((1 << this.peek()) & set) !== 0;
  }

  /** Text of the next token, which is consumed. */
  private take(): string {
    this.at++;
    return this.nextText();
  }

  private nextText(): string {
    return this.tokens.texts[this.textAt++] ?? '';
  }

  /**
   * @param block block collections may begin here
   * @param indentless a list may begin here whose dashes stand at the column of the parent's keys
   */
  private node(block: boolean, indentless: boolean): JsonValue {
    this.budget.spend();
    this.sawMergeKey = false;
    let kind = this.peek();
    if (kind === T.ALIAS) return this.alias();
    let anchor: string | undefined;
    let tag: string | undefined;
    while ((kind === T.ANCHOR && anchor === undefined) || (kind === T.TAG && tag === undefined)) {
      if (kind === T.ANCHOR) anchor = this.take();
      else tag = this.tags.resolve(this.take());
      kind = this.peek();
    }
    if (anchor === undefined) return this.content(kind, block, indentless, tag);
    this.anchors ??= new Map();
    this.anchors.set(anchor, unfinished);
    const value = this.content(kind, block, indentless, tag ?? '');
    this.anchors.set(anchor, value);
    return value;
  }

  /** @param tag undefined: the node has no properties; empty: it has an anchor but no tag */
  private content(
    kind: TokenKind,
    block: boolean,
    indentless: boolean,
    tag: string | undefined,
  ): JsonValue {
    switch (kind) {
      case T.PLAIN: {
        const text = this.take();
        if (tag) return this.finite(this.tags.scalar(tag, text, true));
        if (text === '<<') this.sawMergeKey = true;
        return this.finite(resolvePlain(text));
      }
      case T.QUOTED: {
        const text = this.take();
        return tag ? this.finite(this.tags.scalar(tag, text, false)) : text;
      }
      case T.FLOW_SEQUENCE:
        return this.flowSequence();
      case T.FLOW_MAPPING:
        return this.flowMapping();
      case T.ENTRY:
        if (indentless) return this.indentlessSequence();
        break;
      case T.BLOCK_SEQUENCE:
        if (block) return this.blockSequence();
        break;
      case T.BLOCK_MAPPING:
        this.at++;
        return this.blockMapping();
      case T.MAPPING_AND_KEY:
        this.tokens.setKind(this.at, T.KEY);
        return this.blockMapping();
    }
    if (tag !== undefined) return tag === '' ? null : this.finite(this.tags.scalar(tag, '', true));
    return this.fail('did not find expected node content');
  }

  private finite(value: Scalar): JsonValue {
    if (typeof value !== 'number' || Number.isFinite(value)) return value;
    const name = Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
    return this.fail(`json: unsupported value: ${name}`, this.at - 1);
  }

  private alias(): JsonValue {
    const name = this.take();
    const value = this.anchors?.get(name);
    if (value === undefined) this.fail(`unknown anchor '${name}' referenced`, this.at - 1);
    if (value === unfinished) this.fail(`anchor '${name}' value contains itself`, this.at - 1);
    return this.budget.copy(value);
  }

  private blockSequence(): JsonValue {
    this.at++;
    const items: JsonValue[] = [];
    while (this.peek() === T.ENTRY) {
      this.at++;
      items.push(this.isAt(endsEntry) ? null : this.node(true, false));
    }
    if (this.peek() !== T.BLOCK_END) this.fail("did not find expected '-' indicator");
    this.at++;
    return items;
  }

  private indentlessSequence(): JsonValue {
    const items: JsonValue[] = [];
    while (this.peek() === T.ENTRY) {
      this.at++;
      items.push(this.isAt(endsIndentlessEntry) ? null : this.node(true, false));
    }
    return items;
  }

  private blockMapping(): JsonValue {
    const mapping: JsonObject = {};
    for (;;) {
      const kind = this.peek();
      if (kind === T.BLOCK_END) break;
      if (kind !== T.KEY && kind !== T.VALUE) this.fail('did not find expected key');
      const key = kind === T.KEY ? this.key(endsBlockPart, true) : this.noKey();
      let value: JsonValue = null;
      if (this.peek() === T.VALUE) {
        this.at++;
        if (!this.isAt(endsBlockPart)) value = this.node(true, true);
      }
      this.put(mapping, key, value);
    }
    this.at++;
    return mapping;
  }

  private flowSequence(): JsonValue {
    this.at++;
    const items: JsonValue[] = [];
    for (let first = true; this.peek() !== T.FLOW_SEQUENCE_END; first = false) {
      if (!first) {
        if (this.peek() !== T.FLOW_ENTRY) this.fail("did not find expected ',' or ']'");
        this.at++;
        if (this.peek() === T.FLOW_SEQUENCE_END) break;
      }
      items.push(this.peek() === T.KEY ? this.flowPair() : this.node(false, false));
    }
    this.at++;
    return items;
  }

  /** `[a: b]` is a list of one mapping. */
  private flowPair(): JsonValue {
    const pair: JsonObject = {};
    const key = this.key(endsPairPart, false);
    let value: JsonValue = null;
    if (this.peek() === T.VALUE) {
      this.at++;
      if (!this.isAt(endsPairPart)) value = this.node(false, false);
    }
    this.put(pair, key, value);
    return pair;
  }

  private flowMapping(): JsonValue {
    this.at++;
    const mapping: JsonObject = {};
    for (let first = true; this.peek() !== T.FLOW_MAPPING_END; first = false) {
      if (!first) {
        if (this.peek() !== T.FLOW_ENTRY) this.fail("did not find expected ',' or '}'");
        this.at++;
        if (this.peek() === T.FLOW_MAPPING_END) break;
      }
      if (this.peek() !== T.KEY) {
        this.put(mapping, this.keyNode(false), null);
        continue;
      }
      const key = this.key(endsFlowPart, false);
      let value: JsonValue = null;
      if (this.peek() === T.VALUE) {
        this.at++;
        if (!this.isAt(endsFlowPart)) value = this.node(false, false);
      }
      this.put(mapping, key, value);
    }
    this.at++;
    return mapping;
  }

  /** A key after its KEY token; undefined for the merge key. */
  private key(ends: number, block: boolean): string | undefined {
    this.at++;
    return this.isAt(ends) ? this.noKey() : this.keyNode(block);
  }

  private noKey(): never {
    return this.fail('unsupported map key: null');
  }

  private keyNode(block: boolean): string | undefined {
    const start = this.at;
    const value = this.node(block, block);
    if (typeof value !== 'string') {
      return keyText(value, this.tokens.texts[this.textAt - 1] ?? '') ?? this.badKey(value, start);
    }
    return value === '<<' && this.sawMergeKey ? undefined : value;
  }

  private badKey(value: JsonValue, token: number): never {
    return value === null || typeof value !== 'object'
      ? this.fail(`unsupported map key: ${value}`, token)
      : this.fail(`invalid map key: ${JSON.stringify(value)}`, token);
  }

  private put(mapping: JsonObject, key: string | undefined, value: JsonValue): void {
    if (key === undefined) this.merge(mapping, value);
    else setMember(mapping, key, value);
  }

  /** `<<`: takes the members at this point, over earlier members of the mapping (unlike YAML 1.2). */
  private merge(mapping: JsonObject, value: JsonValue): void {
    const sources = Array.isArray(value) ? value.toReversed() : [value];
    for (const source of sources) {
      if (source === null || typeof source !== 'object' || Array.isArray(source)) {
        this.fail('map merge requires map or sequence of maps as the value');
      }
      for (const [key, member] of Object.entries(source)) setMember(mapping, key, member);
    }
  }
}

/** Sets a member as JSON.parse would: a key `__proto__` is a member like any other. */
function setMember(mapping: JsonObject, key: string, value: JsonValue): void {
  if (key === '__proto__') {
    Object.defineProperty(mapping, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else {
    mapping[key] = value;
  }
}
