import type { Token } from '../lex/token.ts';
import type { ListNode, PipeNode, StatementNode, TemplateNode } from './nodes.ts';
import type { ParseContext } from './parse-context.ts';
import { parsePipeline } from './parse-pipeline.ts';
import { readString } from './read-string.ts';

/** `{{end}}` or `{{else}}`: closes a list, and does not become part of it. */
interface ListEnd {
  readonly kind: 'end' | 'else';
  readonly pos: number;
}

/** Where finished templates go: defines and blocks are found in the midst of other bodies. */
export interface TemplateSink {
  /** Called when the last token of the body was read, so that an error names its line. */
  add(name: string, root: ListNode): void;
}

type Control = 'if' | 'with' | 'range';

/** Parses statements of one text. */
export class StatementParser {
  readonly #context: ParseContext;
  readonly #sink: TemplateSink;

  constructor(context: ParseContext, sink: TemplateSink) {
    this.#context = context;
    this.#sink = sink;
  }

  /** Parses the whole text; defines are only known here. */
  parseTopLevel(): ListNode {
    const { tokens } = this.#context;
    const { pos } = tokens.peek();
    const nodes: StatementNode[] = [];
    while (tokens.peek().kind !== 'eof') {
      if (this.#parseDefine()) continue;
      const node = this.#parseStatement();
      if (isListEnd(node)) return this.#context.fail(`unexpected {{${node.kind}}}`);
      nodes.push(node);
    }
    return { kind: 'list', pos, nodes };
  }

  /** Parses a define if there is one; otherwise takes nothing. */
  #parseDefine(): boolean {
    const { tokens } = this.#context;
    const delim = tokens.next();
    if (delim.kind === 'leftDelim') {
      const keyword = tokens.nextNonSpace();
      if (keyword.kind === 'define') {
        this.#context.inNewBody(() => this.#parseDefinition());
        return true;
      }
      tokens.pushBack(keyword);
    }
    tokens.pushBack(delim);
    return false;
  }

  #parseDefinition(): void {
    const where = 'define clause';
    const name = this.#parseName(this.#context.tokens.nextNonSpace(), where);
    this.#context.expect('rightDelim', where);
    const { list, end } = this.#parseList();
    if (end.kind !== 'end') this.#context.fail(`unexpected {{${end.kind}}} in ${where}`);
    this.#sink.add(name, list);
  }

  #parseName(token: Token, where: string): string {
    if (token.kind !== 'string' && token.kind !== 'rawString') {
      this.#context.unexpected(token, where);
    }
    return this.#context.valueOf(readString(token.text));
  }

  #parseList(): { list: ListNode; end: ListEnd } {
    const { tokens } = this.#context;
    const { pos } = tokens.peekNonSpace();
    const nodes: StatementNode[] = [];
    while (tokens.peekNonSpace().kind !== 'eof') {
      const node = this.#parseStatement();
      if (isListEnd(node)) return { list: { kind: 'list', pos, nodes }, end: node };
      nodes.push(node);
    }
    return this.#context.fail('unexpected EOF');
  }

  #parseStatement(): StatementNode | ListEnd {
    const token = this.#context.tokens.nextNonSpace();
    if (token.kind === 'text') return { kind: 'text', pos: token.pos, text: token.text };
    if (token.kind !== 'leftDelim') return this.#context.unexpected(token, 'input');
    const { body } = this.#context;
    body.actionLine = token.line;
    const node = this.#parseAction();
    body.actionLine = 0;
    return node;
  }

  #parseAction(): StatementNode | ListEnd {
    const { tokens } = this.#context;
    const token = tokens.nextNonSpace();
    switch (token.kind) {
      case 'if':
      case 'with':
      case 'range':
        return this.#parseControl(token.kind);
      case 'else':
        return this.#parseElse();
      case 'end':
        return { kind: 'end', pos: this.#context.expect('rightDelim', 'end').pos };
      case 'break':
      case 'continue':
        return this.#parseJump(token.kind, token.pos);
      case 'template':
        return this.#parseTemplate();
      case 'block':
        return this.#parseBlock();
      default: {
        tokens.pushBack(token);
        const pipe = parsePipeline(this.#context, 'command', 'rightDelim');
        return { kind: 'action', pos: token.pos, pipe };
      }
    }
  }

  #parseControl(kind: Control): StatementNode {
    return this.#context.nested(() => {
      const { body } = this.#context;
      const mark = body.variables.mark();
      const pipe = parsePipeline(this.#context, kind, 'rightDelim');
      if (kind === 'range') body.rangeDepth += 1;
      const { list, end } = this.#parseList();
      if (kind === 'range') body.rangeDepth -= 1;
      const otherwise = end.kind === 'else' ? this.#parseOtherwise(kind, end) : null;
      body.variables.forgetSince(mark);
      return { kind, pos: pipe.pos, pipe, body: list, otherwise };
    });
  }

  /**
   * Parses what follows `{{else` of a control structure. `else if` in an if and `else with` in a with are
   * a structure of their own, which the one `end` closes together with this one.
   */
  #parseOtherwise(kind: Control, start: ListEnd): ListNode {
    const { tokens } = this.#context;
    if (kind !== 'range' && tokens.peek().kind === kind) {
      tokens.next();
      return { kind: 'list', pos: start.pos, nodes: [this.#parseControl(kind)] };
    }
    const { list, end } = this.#parseList();
    if (end.kind !== 'end') this.#context.fail(`expected end; found {{${end.kind}}}`);
    return list;
  }

  /** Leaves `if` and `with` for the structure that this else belongs to. */
  #parseElse(): ListEnd {
    const next = this.#context.tokens.peekNonSpace();
    if (next.kind === 'if' || next.kind === 'with') return { kind: 'else', pos: next.pos };
    return { kind: 'else', pos: this.#context.expect('rightDelim', 'else').pos };
  }

  #parseJump(kind: 'break' | 'continue', pos: number): StatementNode {
    this.#context.expect('rightDelim', `{{${kind}}}`);
    if (this.#context.body.rangeDepth === 0) this.#context.fail(`{{${kind}}} outside {{range}}`);
    return { kind, pos };
  }

  #parseTemplate(): TemplateNode {
    const where = 'template clause';
    const { tokens } = this.#context;
    const nameToken = tokens.nextNonSpace();
    const name = this.#parseName(nameToken, where);
    let pipe: PipeNode | null = null;
    const next = tokens.nextNonSpace();
    if (next.kind !== 'rightDelim') {
      tokens.pushBack(next);
      pipe = parsePipeline(this.#context, where, 'rightDelim');
    }
    return { kind: 'template', pos: nameToken.pos, name, pipe };
  }

  /** A block is a define and the call of it in one. */
  #parseBlock(): TemplateNode {
    const where = 'block clause';
    const nameToken = this.#context.tokens.nextNonSpace();
    const name = this.#parseName(nameToken, where);
    const pipe = parsePipeline(this.#context, where, 'rightDelim');
    const clauseEnd = this.#context.tokens.lastScanned;
    const { list, end } = this.#context.nested(() =>
      this.#context.inNewBody(() => this.#parseList()),
    );
    // Go notices this in the parser of the outer body, which has seen nothing behind the clause.
    if (end.kind !== 'end') this.#context.fail(`unexpected {{${end.kind}}} in ${where}`, clauseEnd);
    this.#sink.add(name, list);
    return { kind: 'template', pos: nameToken.pos, name, pipe };
  }
}

function isListEnd(node: StatementNode | ListEnd): node is ListEnd {
  return node.kind === 'end' || node.kind === 'else';
}
