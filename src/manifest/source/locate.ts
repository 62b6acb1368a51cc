import {
  COLLECTION_STYLE_FLOW,
  EVENT_ALIAS,
  EVENT_DOCUMENT,
  EVENT_MAPPING,
  EVENT_POP,
  EVENT_SCALAR,
  EVENT_SEQUENCE,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE_PLAIN,
  YAMLException,
} from 'js-yaml';
import { OutriggerError } from '../../errors.ts';
import { scalarPlace } from './scalar-place.ts';
import { skipBlank } from './skip-blank.ts';
import type { SourceEntry, SourceItem, SourceList, SourceMap, SourceNode } from './source-node.ts';

type Event = ReturnType<typeof parseEvents>[number];
type CollectionEvent = Extract<Event, { start: number }>;
type NodeEvent = Extract<Event, { anchorStart: number }>;

/** Deeper nesting than any manifest has; bounds the recursion here and in js-yaml. */
const maxDepth = 200;

/**
 * Finds out where everything stands in the first document of a YAML or JSON text. Undefined when the text
 * has no node at all, or when js-yaml does not take it (its reading is stricter than go-yaml's in places).
 *
 * @throws OutriggerError `OUTRIGGER_YAML` when more follows after the document, which would get lost
 * @param plainKey what a key without quotes means as text: `0x10` is `16`, `yes` is `true`
 */
export function locate(
  text: string,
  plainKey: (key: string) => string | undefined,
): SourceNode | undefined {
  let events: Event[];
  try {
    events = parseEvents(text, { maxDepth });
  } catch (error) {
    if (error instanceof YAMLException && error.reason === moreText) throw trailingText(error);
    return undefined;
  }
  if (events[0]?.type !== EVENT_DOCUMENT || events[1] === undefined) return undefined;
  return new Locator(text, events, plainKey).root();
}

/** What js-yaml says of text after the end of a document; go-yaml does not read that far. */
const moreText = 'end of the stream or a document separator is expected';

function trailingText({ mark }: YAMLException): OutriggerError {
  return new OutriggerError('OUTRIGGER_YAML', 'there is more text after the end of the object', {
    ...(mark && { place: { line: mark.line + 1, column: mark.column + 1 } }),
    hint: 'Put a line with --- in between.',
  });
}

/**
 * Walks over the events of a document. The events tell where nodes begin; indicators (dash, colon,
 * bracket) are found by going over the blanks and comments between them, which is all that can stand there.
 */
class Locator {
  private readonly text: string;
  private readonly events: readonly Event[];
  private readonly plainKey: (key: string) => string | undefined;
  private at = 1;
  private readonly anchors = new Map<string, SourceNode>();

  constructor(
    text: string,
    events: readonly Event[],
    plainKey: (key: string) => string | undefined,
  ) {
    this.text = text;
    this.events = events;
    this.plainKey = plainKey;
  }

  root(): SourceNode | undefined {
    const first = this.events[1];
    if (first === undefined || first.type === EVENT_POP || first.type === EVENT_DOCUMENT) {
      return undefined;
    }
    return this.node(0);
  }

  private peek(): Event {
    const event = this.events[this.at];
    if (event === undefined) throw new Error('the events of js-yaml end early');
    return event;
  }

  /** The node whose event is next; `from` is where the text before it has been dealt with. */
  private node(from: number): SourceNode {
    const event = this.peek();
    this.at++;
    switch (event.type) {
      case EVENT_ALIAS: {
        const start = event.anchorStart - 1;
        const target = this.anchors.get(this.text.slice(event.anchorStart, event.anchorEnd));
        const end = event.anchorEnd;
        return {
          kind: 'alias',
          start,
          contentStart: start,
          end,
          anchor: undefined,
          tagged: false,
          target,
        };
      }
      case EVENT_SCALAR: {
        const properties = this.properties(event, from);
        const { style, contentStart, end } = scalarPlace(this.text, event, properties.end);
        return this.named({
          kind: 'scalar',
          style,
          start: properties.start ?? contentStart,
          contentStart,
          end,
          anchor: properties.anchor,
          tagged: properties.tagged,
        });
      }
      case EVENT_MAPPING:
        return this.named(this.map(event, from));
      case EVENT_SEQUENCE:
        return this.named(this.list(event, from));
      default:
        throw new Error(`unexpected event ${event.type} of js-yaml`);
    }
  }

  private named<Node extends SourceNode>(node: Node): Node {
    if (node.anchor !== undefined) this.anchors.set(node.anchor, node);
    return node;
  }

  private properties(
    event: Exclude<NodeEvent, { type: typeof EVENT_ALIAS }>,
    from: number,
  ): { start: number | undefined; end: number; anchor: string | undefined; tagged: boolean } {
    const hasAnchor = event.anchorStart >= 0;
    const tagged = event.tagStart >= 0;
    if (!hasAnchor && !tagged) return { start: undefined, end: from, anchor: undefined, tagged };
    const anchorAt = hasAnchor ? event.anchorStart - 1 : Infinity;
    return {
      start: Math.min(anchorAt, tagged ? event.tagStart : Infinity),
      end: Math.max(hasAnchor ? event.anchorEnd : 0, tagged ? event.tagEnd : 0),
      anchor: hasAnchor ? this.text.slice(event.anchorStart, event.anchorEnd) : undefined,
      tagged,
    };
  }

  private map(event: CollectionEvent, from: number): SourceMap {
    const properties = this.properties(event, from);
    const flow = event.style === COLLECTION_STYLE_FLOW;
    // `[a: b]` holds a mapping without braces; it ends where its pair ends.
    const braces = flow && this.text[event.start] === '{';
    let position = braces ? event.start + 1 : event.start;
    const entries: SourceEntry[] = [];
    while (this.peek().type !== EVENT_POP) {
      const entry = this.entry(position, flow);
      entries.push(entry);
      position = Math.max(entry.colonEnd, entry.value.end);
    }
    this.at++;
    return {
      kind: 'map',
      flow,
      start: properties.start ?? event.start,
      contentStart: event.start,
      end: braces ? this.after('}', position) : position,
      anchor: properties.anchor,
      tagged: properties.tagged,
      entries,
    };
  }

  private entry(from: number, flow: boolean): SourceEntry {
    const before = skipBlank(this.text, from, flow ? ',' : '');
    const explicit = this.text[before] === '?' && /\s/.test(this.text[before + 1] ?? ' ');
    const keyEvent = this.peek();
    const key = this.node(explicit ? before + 1 : before);
    const colon = skipBlank(this.text, key.end, '');
    const hasColon = this.text[colon] === ':';
    const colonEnd = hasColon ? colon + 1 : key.end;
    const keyText =
      keyEvent.type === EVENT_SCALAR ? getScalarValue(this.text, keyEvent) : undefined;
    const plain =
      keyEvent.type === EVENT_SCALAR && keyEvent.style === SCALAR_STYLE_PLAIN && !key.tagged;
    return {
      key: plain && keyText !== undefined ? this.plainKey(keyText) : keyText,
      merge: plain && keyText === '<<',
      start: explicit ? before : key.start,
      keyEnd: key.end,
      colonEnd,
      value: this.node(colonEnd),
    };
  }

  private list(event: CollectionEvent, from: number): SourceList {
    const properties = this.properties(event, from);
    const flow = event.style === COLLECTION_STYLE_FLOW;
    let position = flow ? event.start + 1 : event.start;
    const items: SourceItem[] = [];
    while (this.peek().type !== EVENT_POP) {
      const before = skipBlank(this.text, position, flow ? ',' : '');
      const dashEnd = flow ? before : before + 1;
      const value = this.node(dashEnd);
      items.push({ start: before, dashEnd, value });
      position = Math.max(dashEnd, value.end);
    }
    this.at++;
    return {
      kind: 'list',
      flow,
      start: properties.start ?? event.start,
      contentStart: event.start,
      end: flow ? this.after(']', position) : position,
      anchor: properties.anchor,
      tagged: properties.tagged,
      items,
    };
  }

  /** The offset after a closing bracket, past blanks, comments and a trailing comma. */
  private after(bracket: string, from: number): number {
    const at = skipBlank(this.text, from, ',');
    if (this.text[at] !== bracket) throw new Error(`no ${bracket} at offset ${at}`);
    return at + 1;
  }
}
