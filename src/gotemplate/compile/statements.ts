import { formatValue } from '../fmt/format-value.ts';
import type { ActionNode, ListNode, PipeNode, StatementNode } from '../parse/nodes.ts';
import { GoPointer } from '../value/model.ts';
import { goTypeOf } from '../value/type-of.ts';
import { compileIf, compileWith } from './branches.ts';
import type { Compiler } from './compiler.ts';
import { BREAK, CONTINUE, FixedText, NORMAL, type Statement } from './execution.ts';
import { compileInvocation } from './invocations.ts';
import { compilePipe } from './pipelines.ts';
import { compileRange } from './ranges.ts';

/** A statement, or text that is written as it stands. */
export type Part = Statement | string;

/** The parts of a list; texts that follow each other are one. */
export function compileParts(compiler: Compiler, list: ListNode): Part[] {
  const parts: Part[] = [];
  for (const node of list.nodes) {
    for (const part of compileStatement(compiler, node)) {
      const last = parts.at(-1);
      if (typeof part === 'string' && typeof last === 'string')
        parts[parts.length - 1] = last + part;
      else if (part !== '') parts.push(part);
    }
  }
  return parts;
}

/** One statement that runs the parts in turn. */
export function inTurn(parts: readonly Part[]): Statement {
  const statements = parts.map((part) => (typeof part === 'string' ? textStatement(part) : part));
  const [first] = statements;
  if (first === undefined) return () => NORMAL;
  if (statements.length === 1) return first;
  return (run) => {
    for (let i = 0; i < statements.length; i++) {
      const ending = statements[i]?.(run) ?? NORMAL;
      if (ending !== NORMAL) return ending;
    }
    return NORMAL;
  };
}

function textStatement(text: string): Statement {
  const piece = new FixedText(text);
  return (run) => {
    run.writeFixed(piece);
    return NORMAL;
  };
}

function compileStatement(compiler: Compiler, node: StatementNode): readonly Part[] {
  switch (node.kind) {
    case 'text':
      return [node.text];
    case 'action':
      return [compileAction(compiler, node)];
    case 'if':
      return compileIf(compiler, node);
    case 'with':
      return compileWith(compiler, node);
    case 'range':
      return compileRange(compiler, node);
    case 'template':
      return compileInvocation(compiler, node);
    case 'break':
      return [
        (run) => {
          run.node = node;
          return BREAK;
        },
      ];
    case 'continue':
      return [
        (run) => {
          run.node = node;
          return CONTINUE;
        },
      ];
  }
}

function compileAction(compiler: Compiler, node: ActionNode): Part {
  const pipe = compilePipe(compiler, node.pipe);
  if (node.pipe.declares.length > 0) {
    if (compiler.insight?.isConstant(pipe)) return '';
    return (run) => {
      run.node = node;
      pipe(run);
      return NORMAL;
    };
  }
  const known = compiler.insight?.of(pipe);
  if (known?.kind === 'value') return printed(known.value);
  const quoted = endsInQuoting(compiler, node.pipe);
  return (run) => {
    const value = pipe(run);
    run.node = node;
    run.write(typeof value === 'string' ? value : printed(value), quoted);
    return NORMAL;
  };
}

function endsInQuoting({ functions }: Compiler, { commands }: PipeNode): boolean {
  const [first, ...args] = commands.at(-1)?.args ?? [];
  return (
    first?.kind === 'identifier' &&
    args.length === (commands.length > 1 ? 0 : 1) &&
    Object.hasOwn(functions, first.name) &&
    functions[first.name]?.quotes === true
  );
}

/** What `{{x}}` writes: as `fmt.Print`, but no value reads `<no value>` and pointers are followed. */
function printed(value: unknown): string {
  if (value === undefined || value === null) return '<no value>';
  if (value instanceof GoPointer && value.target !== null && !isStringer(value)) {
    return formatValue(value.target);
  }
  return formatValue(value);
}

function isStringer(pointer: GoPointer): boolean {
  return goTypeOf(pointer.target)?.format !== undefined;
}
