/**
 * Templates that tell where each piece of their output comes from. Exports: {@link TracedTemplate},
 * {@link TracedOutput}.
 */
import { type FunctionMap, parseTemplate, type Template } from '../gotemplate/index.ts';
import type { ListNode, TextNode } from '../gotemplate/parse/nodes.ts';
import { parseTemplateText } from '../gotemplate/parse/template-set.ts';
import type { SourceText } from './source-text.ts';

/** Characters of a private use area: they stand in no template. Letters between them count the pieces. */
const opening = '\uf8f0';
const closing = '\uf8f1';
const marker = /\uf8f0(\d+)\uf8f1/g;

/** A piece of the template's own text. */
interface Piece {
  /** Index in the source. */
  readonly index: number;
  readonly length: number;
}

/** Where a piece begins in the output. */
interface Start {
  readonly output: number;
  readonly piece: Piece;
}

/** What a run gave. */
export interface TracedOutput {
  readonly text: string;
  /** The index in the template's source that an index in the output comes from. */
  sourceOf(index: number): number;
}

/**
 * A template whose text pieces are numbered in the source, so that the numbers turn up in the output, between
 * characters that are taken out again.
 */
export class TracedTemplate {
  readonly #template: Template;
  readonly #pieces: readonly Piece[];

  /**
   * @param known every function that the template may call, the language's own ones as well
   * @param functions those that it calls instead of the language's own
   * @throws TemplateParseError, as the template itself does
   */
  constructor(name: string, source: SourceText, known: FunctionMap, functions: FunctionMap) {
    this.#pieces = piecesOf(name, source, known);
    let numbered = '';
    let at = 0;
    for (const [number, { index }] of this.#pieces.entries()) {
      numbered += `${source.text.slice(at, index)}${opening}${number}${closing}`;
      at = index;
    }
    this.#template = parseTemplate(name, numbered + source.text.slice(at), { functions });
  }

  /** Runs the template. @throws TemplateExecError, whose place is not that of the source */
  execute(data: unknown): TracedOutput {
    const numbered = this.#template.execute(data);
    const starts: Start[] = [];
    let text = '';
    let at = 0;
    for (const match of numbered.matchAll(marker)) {
      text += numbered.slice(at, match.index);
      at = match.index + match[0].length;
      const piece = this.#pieces[Number(match[1])];
      if (piece !== undefined) starts.push({ output: text.length, piece });
    }
    text += numbered.slice(at);
    return {
      text,
      sourceOf(index) {
        const start = lastBefore(starts, index);
        if (start === undefined) return 0;
        // What comes after the piece's own text was made by the action that follows it.
        return start.piece.index + Math.min(index - start.output, start.piece.length);
      },
    };
  }
}

/** Of starts in their order, the last one at or before an index. */
function lastBefore(starts: readonly Start[], index: number): Start | undefined {
  let from = 0;
  let to = starts.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((starts[middle]?.output ?? 0) <= index) from = middle + 1;
    else to = middle;
  }
  return starts[from - 1];
}

function piecesOf(name: string, source: SourceText, functions: FunctionMap): Piece[] {
  const set = parseTemplateText(name, source.text, {
    hasFunction: (wanted) => Object.hasOwn(functions, wanted),
  });
  const nodes = [...set.values()].flatMap(({ root }) => [...textNodes(root)]);
  return nodes
    .filter(({ text }) => text !== '')
    .map(({ pos, text }) => ({ index: source.indexOf(pos), length: text.length }))
    .sort((a, b) => a.index - b.index);
}

function* textNodes(list: ListNode | null): Generator<TextNode> {
  for (const node of list?.nodes ?? []) {
    if (node.kind === 'text') yield node;
    else if (node.kind === 'if' || node.kind === 'with' || node.kind === 'range') {
      yield* textNodes(node.body);
      yield* textNodes(node.otherwise);
    }
  }
}
