import type { OperandNode } from '../parse/nodes.ts';
import type { GoType } from '../value/model.ts';
import { atNode } from './at-node.ts';
import { compileCall } from './calls.ts';
import { compileChain, compileField, compileVariable, withoutFinal } from './chains.ts';
import { argumentCheck } from './check-argument.ts';
import type { Compiler } from './compiler.ts';
import type { Operation } from './execution.ts';
import { literalArgument, literalOperation } from './literals.ts';
import { compilePipe, readDot } from './pipelines.ts';

/**
 * An argument of a call, checked against its parameter type as Go's `evalArg` does. Without a type (the
 * operand of a chain) nothing is checked.
 */
export function compileArgument(
  compiler: Compiler,
  node: OperandNode,
  type: GoType | undefined,
): Operation {
  switch (node.kind) {
    case 'nil':
    case 'bool':
    case 'string':
    case 'number':
      return settled(compiler, literal(node, type));
    default:
      break;
  }
  const evaluate = evaluation(compiler, node);
  const check = type === undefined ? undefined : argumentCheck(type);
  const operation = atNode(
    compiler,
    node,
    check === undefined ? evaluate : (run) => check(evaluate(run), run),
  );
  const known = compiler.insight?.of(evaluate);
  if (known?.kind === 'value') return settled(compiler, operation);
  return compiler.insight?.note(operation, known) ?? operation;
}

function literal(
  node: Extract<OperandNode, { kind: 'nil' | 'bool' | 'string' | 'number' }>,
  type: GoType | undefined,
): Operation {
  if (type !== undefined) return literalArgument(node, type);
  return node.kind === 'nil' ? () => undefined : literalOperation(node);
}

function settled({ insight }: Compiler, operation: Operation): Operation {
  return insight?.settle(operation, operation) ?? operation;
}

function evaluation(
  compiler: Compiler,
  node: Exclude<OperandNode, { kind: 'nil' | 'bool' | 'string' | 'number' }>,
): Operation {
  switch (node.kind) {
    case 'dot':
      return dot(compiler);
    case 'field':
      return compileField(compiler, node);
    case 'variable':
      return compileVariable(compiler, node);
    case 'chain':
      return compileChain(compiler, node);
    case 'pipe':
      return compilePipe(compiler, node);
    case 'identifier':
      return withoutFinal(compiler, compileCall(compiler, node, node, [], undefined));
  }
}

function dot(compiler: Compiler): Operation {
  const { insight } = compiler;
  const known = insight?.dot;
  if (insight !== undefined && known?.kind === 'value') return insight.constant(known);
  const operation = readDot(compiler);
  return insight?.note(operation, known) ?? operation;
}
