import { Lexer } from '../lex/lexer.ts';
import type { Token } from '../lex/token.ts';

/** Tokens with room to look ahead and to go back. */
export class TokenStream {
  readonly #lexer: Lexer;
  /** Tokens that will be read again, the next one last. */
  readonly #pushedBack: Token[] = [];
  #lastScanned: Token = { kind: 'eof', text: '', pos: 0, line: 1 };

  constructor(text: string) {
    this.#lexer = new Lexer(text);
  }

  /** The token that was taken from the text last, whether or not it was pushed back: errors name its line. */
  get lastScanned(): Token {
    return this.#lastScanned;
  }

  next(): Token {
    const again = this.#pushedBack.pop();
    if (again !== undefined) return again;
    this.#lastScanned = this.#lexer.next();
    return this.#lastScanned;
  }

  peek(): Token {
    const token = this.next();
    this.#pushedBack.push(token);
    return token;
  }

  nextNonSpace(): Token {
    for (;;) {
      const token = this.next();
      if (token.kind !== 'space') return token;
    }
  }

  /** Drops blanks and looks at what follows them. */
  peekNonSpace(): Token {
    const token = this.nextNonSpace();
    this.#pushedBack.push(token);
    return token;
  }

  /** Makes a token the next one. Pushing back several: the first to be read comes last. */
  pushBack(token: Token): void {
    this.#pushedBack.push(token);
  }
}
