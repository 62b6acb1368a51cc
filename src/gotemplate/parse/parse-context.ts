import { TemplateParseError } from '../errors.ts';
import { describeToken, type Token, type TokenKind } from '../lex/token.ts';
import type { Literal } from './literal.ts';
import { positionOf } from './position.ts';
import { TokenStream } from './token-stream.ts';
import { VariableScope } from './variable-scope.ts';

/** What the parser has to know about the functions that a template may call. */
export interface KnownFunctions {
  hasFunction(name: string): boolean;
}

/**
 * How deep parentheses and control structures may nest. Go allows 10000 parentheses; everything that walks
 * the tree recurses, and the stack of a JavaScript program is far smaller than Go's.
 */
const maxNesting = 500;

/** What belongs to one template body: a define or block starts afresh. */
class BodyState {
  readonly variables = new VariableScope();
  rangeDepth = 0;
  /** Line on which the current action starts, 0 outside actions. */
  actionLine = 0;
}

/** What the rules of the grammar share while they parse one text. */
export class ParseContext {
  readonly name: string;
  readonly text: string;
  readonly functions: KnownFunctions;
  readonly tokens: TokenStream;
  #body = new BodyState();
  #nesting = 0;

  constructor(name: string, text: string, functions: KnownFunctions) {
    this.name = name;
    this.text = text;
    this.functions = functions;
    this.tokens = new TokenStream(text);
  }

  get body(): BodyState {
    return this.#body;
  }

  /** Parses the body of a define or block: no variable or range of what surrounds it is seen there. */
  inNewBody<T>(parse: () => T): T {
    const outer = this.#body;
    this.#body = new BodyState();
    const result = parse();
    this.#body = outer;
    return result;
  }

  /**
   * Parses something that can hold itself.
   *
   * @throws TemplateParseError when the nesting is too deep.
   */
  nested<T>(parse: () => T): T {
    if (this.#nesting >= maxNesting) this.fail('max expression depth exceeded');
    this.#nesting += 1;
    const result = parse();
    this.#nesting -= 1;
    return result;
  }

  /** Gives up, naming the line of a token: the one that was scanned last, as a rule. */
  fail(reason: string, token: Token = this.tokens.lastScanned): never {
    const { line, pos } = token;
    const { column } = positionOf(this.text, pos);
    throw new TemplateParseError({ templateName: this.name, line, column }, reason);
  }

  /** Gives up because of a token, or because of the text that the lexer could not make one of. */
  unexpected(token: Token, context: string): never {
    if (token.kind !== 'error') this.fail(`unexpected ${describeToken(token)} in ${context}`);
    const { actionLine } = this.#body;
    if (actionLine === 0 || actionLine === token.line) this.fail(token.text);
    // "unclosed action in action" would say it twice.
    const start = token.text.endsWith(' action') ? ' started' : ' in action started';
    this.fail(`${token.text}${start} at ${this.name}:${actionLine}`);
  }

  /** The next token, which must be of this kind. */
  expect(kind: TokenKind, context: string): Token {
    const token = this.tokens.nextNonSpace();
    if (token.kind !== kind) this.unexpected(token, context);
    return token;
  }

  /** What a literal means. */
  valueOf<T>(literal: Literal<T>): T {
    return literal.ok ? literal.value : this.fail(literal.reason);
  }
}
