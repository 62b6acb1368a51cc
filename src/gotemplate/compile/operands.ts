import type { OperandNode } from '../parse/nodes.ts';
import type { GoType } from '../value/model.ts';
import { compileCall } from './calls.ts';
import { compileChain, compileField, compileVariable, withoutFinal } from './chains.ts';
import { argumentCheck } from './check-argument.ts';
import type { Compiler } from './compiler.ts';
import type { Operation } from './execution.ts';
import { literalArgument, literalOperation } from './literals.ts';
import { compilePipe } from './pipelines.ts';

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
      if (type !== undefined) return literalArgument(node, type);
      return node.kind === 'nil' ? () => undefined : literalOperation(node);
    default:
      break;
  }
  const evaluate = evaluation(compiler, node);
  if (type === undefined) {
    return (run) => {
      run.node = node;
      return evaluate(run);
    };
  }
  const check = argumentCheck(type);
  return (run) => {
    run.node = node;
    return check(evaluate(run), run);
  };
}

function evaluation(
  compiler: Compiler,
  node: Exclude<OperandNode, { kind: 'nil' | 'bool' | 'string' | 'number' }>,
): Operation {
  switch (node.kind) {
    case 'dot':
      return (run) => run.dot;
    case 'field':
      return withoutFinal(compileField(compiler, node));
    case 'variable':
      return withoutFinal(compileVariable(compiler, node));
    case 'chain':
      return withoutFinal(compileChain(compiler, node));
    case 'pipe':
      return compilePipe(compiler, node);
    case 'identifier':
      return withoutFinal(compileCall(compiler, node, node, [], false));
  }
}
