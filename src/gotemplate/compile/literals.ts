import { reflectValueType } from '../builtins/builtins.ts';
import type { BoolNode, NilNode, NumberNode, OperandNode, StringNode } from '../parse/nodes.ts';
import { printNode } from '../parse/print-node.ts';
import { GoComplex } from '../value/complex.ts';
import { anyType, GoInt, type GoType, intType } from '../value/model.ts';
import { canBeNil, nilOf } from './check-argument.ts';
import type { Operation } from './execution.ts';

const smallestInt = -(2n ** 63n);
const largestInt = 2n ** 63n - 1n;
const hexNumber = /^[+-]?0[xX]/;

function toGoInt(type: GoType, value: bigint): GoInt {
  const number = Number(value);
  return new GoInt(type, Number.isSafeInteger(number) ? number : value);
}

/** The value that a number has by itself: int, float64 or complex128. */
function idealNumber(node: NumberNode): unknown {
  if (node.asComplex !== null) return new GoComplex(node.asComplex.re, node.asComplex.im);
  const { source } = node;
  const looksLikeFloat =
    !node.isChar && (hexNumber.test(source) ? /[.pP]/ : /[.eEpP]/).test(source);
  if (node.asFloat !== null && looksLikeFloat) return node.asFloat;
  if (node.asInt !== null && node.asInt >= smallestInt && node.asInt <= largestInt) {
    return toGoInt(intType, node.asInt);
  }
  return undefined;
}

/** A literal as the first word of a command. */
export function literalOperation(node: BoolNode | StringNode | NumberNode): Operation {
  if (node.kind !== 'number') {
    const { value } = node;
    return () => value;
  }
  const value = idealNumber(node);
  if (value !== undefined) return () => value;
  return (run) => {
    run.node = node;
    throw run.fail(`${node.source} overflows int`);
  };
}

function failing(node: OperandNode, reason: () => string): Operation {
  return (run) => {
    run.node = node;
    throw run.fail(reason());
  };
}

/** A literal as an argument: it takes the parameter's type, or fails when the template runs. */
export function literalArgument(
  node: BoolNode | StringNode | NumberNode | NilNode,
  type: GoType,
): Operation {
  const text = () => printNode(node);
  if (node.kind === 'nil') {
    if (!canBeNil(type)) return failing(node, () => `cannot assign nil to ${type.name}`);
    const nil = nilOf(type);
    return () => nil;
  }
  if (type === anyType || type === reflectValueType) {
    const ideal = literalOperation(node);
    return (run) => {
      run.node = node;
      return ideal(run);
    };
  }
  const value = literalOfType(node, type);
  if (value !== undefined) {
    return (run) => {
      run.node = node;
      return value;
    };
  }
  return failing(node, () => {
    const expected = expectedLiteral(type);
    return expected === undefined
      ? `can't handle ${text()} for arg of type ${type.name}`
      : `expected ${expected}; found ${text()}`;
  });
}

function expectedLiteral(type: GoType): string | undefined {
  if (type.kind === 'bool' || type.kind === 'string') return type.kind;
  if (type.kind.startsWith('int') && type.kind !== 'interface') return 'integer';
  if (type.kind.startsWith('uint')) return 'unsigned integer';
  if (type.kind.startsWith('float')) return 'float';
  return type.kind === 'complex128' ? 'complex' : undefined;
}

function literalOfType(node: BoolNode | StringNode | NumberNode, type: GoType): unknown {
  switch (expectedLiteral(type)) {
    case 'bool':
      return node.kind === 'bool' ? node.value : undefined;
    case 'string':
      return node.kind === 'string' ? node.value : undefined;
    case 'integer':
      return node.kind === 'number' && node.asInt !== null ? toGoInt(type, node.asInt) : undefined;
    case 'unsigned integer':
      return node.kind === 'number' && node.asUint !== null
        ? toGoInt(type, node.asUint)
        : undefined;
    case 'float':
      return node.kind === 'number' && node.asFloat !== null ? node.asFloat : undefined;
    default:
      return undefined;
  }
}
