import { OutriggerError } from '../../errors.ts';
import { scan, T, type TokenStream } from '../../goyaml/index.ts';
import { placeOf, standsAlone } from './line-place.ts';
import { columnOf } from './lines.ts';
import { blockScalarEnd, plainScalarEnd, quotedScalarEnd } from './scalar-end.ts';
import type {
  SourceAlias,
  SourceEntry,
  SourceItem,
  SourceList,
  SourceMap,
  SourceNode,
  SourceScalar,
} from './source-node.ts';

/**
 * Finds out where everything stands in a YAML or JSON text that `parseGoYaml` takes. Undefined when the text
 * has no node at all.
 *
 * @param plainKey what a key without quotes means as text: `0x10` is `16`, `yes` is `true`
 * @throws OutriggerError `OUTRIGGER_YAML` when more follows after the document, which would get lost
 */
export function locate(
  text: string,
  plainKey: (key: string) => string | undefined,
): SourceNode | undefined {
  const locator = new Locator(text);
  const root = locator.document();
  // Only now: to find out what a key means is to scan another text, and tokens are shared.
  for (const entry of locator.plainKeys) entry.key = plainKey(entry.key ?? '');
  return root;
}

/** What comes before the content of a node. */
interface Properties {
  readonly start: number | undefined;
  readonly end: number;
  readonly anchor: string | undefined;
  readonly tagged: boolean;
}

type Draft<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/**
 * Goes through the tokens as the parser does (`goyaml/parse.ts`), for places instead of values. The text
 * has been parsed before, so what the parser would refuse is not looked at.
 */
class Locator {
  readonly plainKeys: Draft<SourceEntry>[] = [];
  private readonly text: string;
  private readonly tokens: TokenStream;
  private at = 0;
  private textAt = 0;
  /** Column of the innermost block collection that is indented, as the scanner counts. */
  private indent = -1;
  private readonly anchors = new Map<string, SourceNode>();

  constructor(text: string) {
    this.text = text;
    this.tokens = scan(text);
  }

  document(): SourceNode | undefined {
    while (this.peek() === T.DIRECTIVE) this.take();
    if (this.peek() === T.DOCUMENT_START) this.at++;
    if (this.isEnd()) return undefined;
    const root = this.node(this.offset());
    if (!this.isEnd()) throw trailingText(this.text, this.offset());
    return root;
  }

  private isEnd(): boolean {
    const kind = this.peek();
    return kind === T.STREAM_END || kind === T.DOCUMENT_END || kind === T.DOCUMENT_START;
  }

  private peek(): number {
    let kind = this.tokens.kind(this.at);
    while (kind === T.SLOT) kind = this.tokens.kind(++this.at);
    if (kind === T.FAILURE) throw this.tokens.failure;
    return kind;
  }

  private offset(): number {
    return this.tokens.offset(this.at);
  }

  /** Text of the next token, which is consumed. */
  private take(): string {
    this.at++;
    return this.tokens.texts[this.textAt++] ?? '';
  }

  /**
   * @param from where the text before the node ends; an empty node stands there
   * @param indentless whether a list may begin here whose dashes stand at the column of the parent's keys
   */
  private node(from: number, indentless = false): SourceNode {
    if (this.peek() === T.ALIAS) return this.alias();
    const properties = this.properties(from);
    const node = this.content(properties, indentless);
    if (node.anchor !== undefined) this.anchors.set(node.anchor, node);
    return node;
  }

  private alias(): SourceAlias {
    const start = this.offset();
    const name = this.take();
    return {
      kind: 'alias',
      start,
      contentStart: start,
      end: start + 1 + name.length,
      anchor: undefined,
      tagged: false,
      target: this.anchors.get(name),
    };
  }

  private properties(from: number): Properties {
    let start: number | undefined;
    let end = from;
    let anchor: string | undefined;
    let tagged = false;
    for (let kind = this.peek(); kind === T.ANCHOR || kind === T.TAG; kind = this.peek()) {
      const at = this.offset();
      start ??= at;
      const name = this.take();
      if (kind === T.ANCHOR) anchor = name;
      else tagged = true;
      end = kind === T.ANCHOR ? at + 1 + name.length : endOfWord(this.text, at);
    }
    return { start, end, anchor, tagged };
  }

  private content(properties: Properties, indentless: boolean): SourceNode {
    const start = this.offset();
    switch (this.peek()) {
      case T.PLAIN:
        return this.plain(properties);
      case T.QUOTED:
        return this.quoted(properties);
      case T.FLOW_SEQUENCE:
        this.at++;
        return this.flowList(properties, start);
      case T.FLOW_MAPPING:
        this.at++;
        return this.flowMap(properties, start);
      case T.BLOCK_SEQUENCE:
        this.at++;
        return this.indented(start, () => this.blockList(properties, start));
      case T.ENTRY:
        if (indentless) return this.items(properties, start);
        break;
      case T.BLOCK_MAPPING:
        this.at++;
        return this.indented(start, () => this.blockMap(properties, start));
      case T.MAPPING_AND_KEY:
        this.tokens.setKind(this.at, T.KEY);
        return this.indented(start, () => this.blockMap(properties, start));
    }
    return scalar('empty', properties, properties.end, properties.end);
  }

  private plain(properties: Properties): SourceScalar {
    const start = this.offset();
    this.take();
    this.peek();
    return scalar('plain', properties, start, plainScalarEnd(this.text, start, this.offset()));
  }

  private quoted(properties: Properties): SourceScalar {
    const start = this.offset();
    this.take();
    const mark = this.text[start];
    if (mark === '"' || mark === "'") {
      const style = mark === '"' ? 'double' : 'single';
      return scalar(style, properties, start, quotedScalarEnd(this.text, start));
    }
    return scalar('block', properties, start, blockScalarEnd(this.text, start, this.indent));
  }

  private indented<Node extends SourceNode>(start: number, read: () => Node): Node {
    const outer = this.indent;
    this.indent = columnOf(this.text, start);
    const node = read();
    this.indent = outer;
    return node;
  }

  private blockList(properties: Properties, start: number): SourceList {
    const list = this.items(properties, start);
    this.at++;
    return list;
  }

  /** Items with dashes; a list at the column of its parent's keys has no end token. */
  private items(properties: Properties, start: number): SourceList {
    const items: SourceItem[] = [];
    while (this.peek() === T.ENTRY) {
      const dash = this.offset();
      this.at++;
      items.push({ start: dash, dashEnd: dash + 1, value: this.node(dash + 1) });
    }
    const last = items.at(-1);
    return {
      kind: 'list',
      flow: false,
      ...collection(properties, start),
      end: last ? Math.max(last.dashEnd, last.value.end) : start,
      items,
    };
  }

  private blockMap(properties: Properties, start: number): SourceMap {
    const entries: SourceEntry[] = [];
    while (this.peek() === T.KEY) entries.push(this.entry());
    this.at++;
    return {
      kind: 'map',
      flow: false,
      ...collection(properties, start),
      end: entryEnd(entries.at(-1)) ?? start,
      entries,
    };
  }

  /** A pair, from its KEY token on. */
  private entry(): SourceEntry {
    const start = this.offset();
    const explicit = this.text[start] === '?' && standsAlone(this.text, start);
    this.at++;
    return this.pair(start, explicit ? start + 1 : start);
  }

  private pair(start: number, from: number): SourceEntry {
    this.peek();
    const textAt = this.textAt;
    const key = this.node(from);
    let colonEnd = key.end;
    if (this.peek() === T.VALUE) {
      colonEnd = this.offset() + 1;
      this.at++;
    }
    const isText = key.kind === 'scalar' && key.style !== 'empty';
    const properties = Number(key.anchor !== undefined) + Number(key.tagged);
    const keyText = isText ? this.tokens.texts[textAt + properties] : undefined;
    const plain = isText && key.style === 'plain' && !key.tagged;
    const entry: Draft<SourceEntry> = {
      key: keyText,
      merge: plain && keyText === '<<',
      start,
      keyEnd: key.end,
      colonEnd,
      value: this.node(colonEnd, true),
    };
    if (plain) this.plainKeys.push(entry);
    return entry;
  }

  private flowMap(properties: Properties, start: number): SourceMap {
    const entries: SourceEntry[] = [];
    while (this.peek() !== T.FLOW_MAPPING_END) {
      if (this.peek() === T.FLOW_ENTRY) this.at++;
      else if (this.peek() === T.KEY) entries.push(this.entry());
      else entries.push(this.pair(this.offset(), this.offset()));
    }
    const end = this.offset() + 1;
    this.at++;
    return { kind: 'map', flow: true, ...collection(properties, start), end, entries };
  }

  private flowList(properties: Properties, start: number): SourceList {
    const items: SourceItem[] = [];
    while (this.peek() !== T.FLOW_SEQUENCE_END) {
      if (this.peek() === T.FLOW_ENTRY) {
        this.at++;
        continue;
      }
      const at = this.offset();
      const value = this.peek() === T.KEY ? this.flowPair(at) : this.node(at);
      items.push({ start: at, dashEnd: at, value });
    }
    const end = this.offset() + 1;
    this.at++;
    return { kind: 'list', flow: true, ...collection(properties, start), end, items };
  }

  /** `[a: b]` holds a mapping without braces. */
  private flowPair(start: number): SourceMap {
    const entry = this.entry();
    return {
      kind: 'map',
      flow: true,
      ...collection({ start: undefined, end: start, anchor: undefined, tagged: false }, start),
      end: entryEnd(entry) ?? start,
      entries: [entry],
    };
  }
}

function scalar(
  style: SourceScalar['style'],
  { start, anchor, tagged }: Properties,
  contentStart: number,
  end: number,
): SourceScalar {
  return { kind: 'scalar', style, start: start ?? contentStart, contentStart, end, anchor, tagged };
}

function collection({ start, anchor, tagged }: Properties, contentStart: number) {
  return { start: start ?? contentStart, contentStart, anchor, tagged };
}

function entryEnd(entry: SourceEntry | undefined): number | undefined {
  return entry && Math.max(entry.colonEnd, entry.value.end);
}

function endOfWord(text: string, from: number): number {
  const blank = /\s|$/g;
  blank.lastIndex = from;
  return blank.exec(text)?.index ?? text.length;
}

function trailingText(text: string, offset: number): OutriggerError {
  return new OutriggerError('OUTRIGGER_YAML', 'there is more text after the end of the object', {
    place: placeOf(text, offset),
    hint: 'Put a line with --- in between.',
  });
}
