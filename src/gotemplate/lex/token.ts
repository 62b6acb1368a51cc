import { goQuote } from '../fmt/go-quote.ts';

/** Words that mean something to the grammar. `.` and `nil` are named like one in messages. */
export type KeywordKind =
  | 'block'
  | 'break'
  | 'continue'
  | 'define'
  | 'else'
  | 'end'
  | 'if'
  | 'nil'
  | 'range'
  | 'template'
  | 'with';

/** What a token is, by the names of Go's `text/template/parse/lex.go`. */
export type TokenKind =
  | KeywordKind
  | 'error'
  | 'eof'
  | 'text'
  | 'leftDelim'
  | 'rightDelim'
  | 'space'
  | 'assign'
  | 'declare'
  | 'pipe'
  | 'leftParen'
  | 'rightParen'
  | 'bool'
  | 'char'
  | 'charConstant'
  | 'complex'
  | 'dot'
  | 'field'
  | 'identifier'
  | 'number'
  | 'rawString'
  | 'string'
  | 'variable';

/** A piece of the template. */
export interface Token {
  readonly kind: TokenKind;
  /** As written; of an `error`, the message. */
  readonly text: string;
  /** Byte offset of its start. */
  readonly pos: number;
  /** Line on which it starts, from 1. */
  readonly line: number;
}

const keywordKinds: ReadonlyMap<string, KeywordKind> = new Map(
  (
    [
      'block',
      'break',
      'continue',
      'define',
      'else',
      'end',
      'if',
      'nil',
      'range',
      'template',
      'with',
    ] as const
  ).map((word) => [word, word]),
);

/** The keyword that a word is, if it is one. */
export function keywordOf(word: string): KeywordKind | undefined {
  return keywordKinds.get(word);
}

const shownCharacters = 10;

/** A token as Go's messages name it: `EOF`, `<end>`, `"abc"`, cut after ten characters. */
export function describeToken(token: Token): string {
  if (token.kind === 'eof') return 'EOF';
  if (token.kind === 'error') return token.text;
  if (token.kind === 'dot' || keywordKinds.has(token.kind)) return `<${token.text}>`;
  // Go compares the length in bytes but cuts by characters.
  if (Buffer.byteLength(token.text) <= shownCharacters) return goQuote(token.text);
  return `${goQuote(firstCharacters(token.text, shownCharacters))}...`;
}

function firstCharacters(text: string, count: number): string {
  // Ten characters take at most twenty code units.
  return Array.from(text.slice(0, count * 2))
    .slice(0, count)
    .join('');
}
