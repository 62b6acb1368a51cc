import { goQuote } from '../fmt/go-quote.ts';
import type { Token, TokenKind } from '../lex/token.ts';
import type { CommandNode, OperandNode, PipeNode, VariableNode } from './nodes.ts';
import type { ParseContext } from './parse-context.ts';
import { printNode } from './print-node.ts';
import { readCharConstant, readComplex, readNumber } from './read-number.ts';
import { readString } from './read-string.ts';

/** What a pipeline stands in; messages name it. */
export type PipelineContext =
  | 'command'
  | 'if'
  | 'range'
  | 'with'
  | 'parenthesized pipeline'
  | 'block clause'
  | 'template clause';

const operandStarts: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'bool',
  'charConstant',
  'complex',
  'dot',
  'field',
  'identifier',
  'number',
  'nil',
  'rawString',
  'string',
  'variable',
  'leftParen',
]);

/** Kinds that have a value but cannot be run; only the first command may be one. */
const notExecutable: ReadonlySet<OperandNode['kind']> = new Set<OperandNode['kind']>([
  'bool',
  'dot',
  'nil',
  'number',
  'string',
]);

/** Parses commands joined by `|` up to and with the token that ends them. */
export function parsePipeline(
  context: ParseContext,
  where: PipelineContext,
  end: 'rightDelim' | 'rightParen',
): PipeNode {
  const { tokens } = context;
  const { pos } = tokens.peekNonSpace();
  const { declares, isAssign } = parseDeclarations(context, where);
  const commands: CommandNode[] = [];
  for (;;) {
    const token = tokens.nextNonSpace();
    if (token.kind === end) break;
    if (!operandStarts.has(token.kind)) context.unexpected(token, where);
    tokens.pushBack(token);
    commands.push(parseCommand(context));
  }
  checkCommands(context, where, commands);
  return { kind: 'pipe', pos, isAssign, declares, commands };
}

function checkCommands(
  context: ParseContext,
  where: PipelineContext,
  commands: readonly CommandNode[],
): void {
  if (commands.length === 0) context.fail(`missing value for ${where}`);
  for (const [index, command] of commands.entries()) {
    const first = command.args[0];
    if (index > 0 && first !== undefined && notExecutable.has(first.kind)) {
      context.fail(`non executable command in pipeline stage ${index + 1}`);
    }
  }
}

interface Declarations {
  readonly declares: readonly VariableNode[];
  readonly isAssign: boolean;
}

/** Parses `$x :=`, `$x =` and, in range, `$k, $v :=`; leaves everything else alone. */
function parseDeclarations(context: ParseContext, where: PipelineContext): Declarations {
  const { tokens } = context;
  const declares: VariableNode[] = [];
  for (;;) {
    const variable = tokens.peekNonSpace();
    if (variable.kind !== 'variable') break;
    tokens.next();
    const adjacent = tokens.peek();
    const following = tokens.peekNonSpace();
    const isComma = following.kind === 'char' && following.text === ',';
    if (!isComma && following.kind !== 'assign' && following.kind !== 'declare') {
      // It is an operand. The blank behind it separates operands, so it goes back as well.
      if (adjacent.kind === 'space') tokens.pushBack(adjacent);
      tokens.pushBack(variable);
      break;
    }
    tokens.nextNonSpace();
    declares.push({ kind: 'variable', pos: variable.pos, names: [variable.text] });
    context.body.variables.declare(variable.text);
    if (!isComma) return { declares, isAssign: following.kind === 'assign' };
    checkComma(context, where, declares.length);
  }
  return { declares, isAssign: false };
}

function checkComma(context: ParseContext, where: PipelineContext, count: number): void {
  if (where !== 'range' || count > 1) context.fail(`too many declarations in ${where}`);
  const { kind } = context.tokens.peekNonSpace();
  if (kind !== 'variable' && kind !== 'rightDelim' && kind !== 'rightParen') {
    context.fail('range can only initialize variables');
  }
}

/** Parses operands separated by blanks, up to `|` (which is taken) or the end of the pipeline. */
function parseCommand(context: ParseContext): CommandNode {
  const { tokens } = context;
  const { pos } = tokens.peekNonSpace();
  const args: OperandNode[] = [];
  for (;;) {
    tokens.peekNonSpace();
    const operand = parseOperand(context);
    if (operand !== null) args.push(operand);
    const token = tokens.next();
    if (token.kind === 'space') continue;
    if (token.kind === 'pipe') break;
    if (token.kind !== 'rightDelim' && token.kind !== 'rightParen') {
      context.unexpected(token, 'operand');
    }
    tokens.pushBack(token);
    break;
  }
  if (args.length === 0) context.fail('empty command');
  return { kind: 'command', pos, args };
}

/** Parses a term and the fields behind it; null when there is none. */
function parseOperand(context: ParseContext): OperandNode | null {
  const { tokens } = context;
  const term = parseTerm(context);
  const first = tokens.peek();
  if (term === null || first.kind !== 'field') return term;
  const names: string[] = [];
  while (tokens.peek().kind === 'field') names.push(tokens.next().text.slice(1));
  const { pos } = first;
  switch (term.kind) {
    case 'field':
      return { kind: 'field', pos, names: [...term.names, ...names] };
    case 'variable':
      return { kind: 'variable', pos, names: [...term.names, ...names] };
    case 'bool':
    case 'string':
    case 'number':
    case 'nil':
    case 'dot':
      return context.fail(`unexpected . after term ${goQuote(printNode(term))}`);
    default:
      return { kind: 'chain', pos, operand: term, names };
  }
}

function parseTerm(context: ParseContext): OperandNode | null {
  const token = context.tokens.nextNonSpace();
  const { pos, text } = token;
  switch (token.kind) {
    case 'identifier':
      if (!context.functions.hasFunction(text)) {
        context.fail(`function ${goQuote(text)} not defined`);
      }
      return { kind: 'identifier', pos, name: text };
    case 'dot':
    case 'nil':
      return { kind: token.kind, pos };
    case 'variable':
      if (!context.body.variables.has(text)) context.fail(`undefined variable ${goQuote(text)}`);
      return { kind: 'variable', pos, names: [text] };
    case 'field':
      return { kind: 'field', pos, names: [text.slice(1)] };
    case 'bool':
      return { kind: 'bool', pos, value: text === 'true' };
    case 'charConstant':
    case 'complex':
    case 'number':
      return parseNumber(context, token);
    case 'leftParen':
      return context.nested(() => parsePipeline(context, 'parenthesized pipeline', 'rightParen'));
    case 'string':
    case 'rawString':
      return { kind: 'string', pos, source: text, value: context.valueOf(readString(text)) };
    default:
      context.tokens.pushBack(token);
      return null;
  }
}

function parseNumber(context: ParseContext, token: Token): OperandNode {
  const { kind, pos, text } = token;
  const read = kind === 'number' ? readNumber : kind === 'complex' ? readComplex : readCharConstant;
  return { kind: 'number', pos, source: text, ...context.valueOf(read(text)) };
}
