/** Exports: {@link evaluate}, {@link elementOf}, {@link Scope}. */
import type { FunctionMap, GoType } from '../gotemplate/index.ts';
import type {
  CommandNode,
  IdentifierNode,
  OperandNode,
  PipeNode,
} from '../gotemplate/parse/nodes.ts';
import { type Known, unknown } from './abstract-value.ts';
import { fieldOf } from './known-fields.ts';
import { calledFunction } from './known-functions.ts';

/** What a part of a template sees, and where references go. */
export interface Scope {
  readonly dot: Known;
  readonly variables: Map<string, Known>;
  readonly functions: FunctionMap;
  readonly facts: ReferenceSink;
}

/** Takes down what was referred to. */
export interface ReferenceSink {
  add(
    kind: 'values' | 'annotations' | 'labels' | 'unknownFields',
    path: readonly string[],
    offset: number,
  ): void;
}

/** What is known of a pipeline's value; takes down all that it refers to. */
export function evaluate(pipe: PipeNode, scope: Scope): Known {
  let value: Known | undefined;
  for (const command of pipe.commands) value = evaluateCommand(command, value, scope);
  const result = value ?? unknown;
  for (const { names } of pipe.declares) scope.variables.set(names[0] ?? '$', result);
  return result;
}

/** What `range` gives for each round. */
export function elementOf(value: Known): Known {
  if (value.kind === 'list') return value.element;
  if (value.kind !== 'typed') return unknown;
  const { elem } = pointedTo(value.type);
  return elem === undefined ? unknown : { kind: 'typed', type: elem };
}

function pointedTo(type: GoType): GoType {
  return type.kind === 'pointer' && type.elem !== undefined ? type.elem : type;
}

function evaluateCommand(command: CommandNode, piped: Known | undefined, scope: Scope): Known {
  const [first, ...rest] = command.args;
  if (first === undefined) return unknown;
  const args = rest.map((arg) => evaluateOperand(arg, scope));
  if (first.kind === 'identifier') {
    return callFunction(first, piped === undefined ? args : [...args, piped], scope);
  }
  return evaluateOperand(first, scope);
}

function callFunction(node: IdentifierNode, args: readonly Known[], scope: Scope): Known {
  return calledFunction(node.name, args, scope.functions[node.name], (kind, path) => {
    scope.facts.add(kind, path, node.pos);
  });
}

function evaluateOperand(node: OperandNode, scope: Scope): Known {
  switch (node.kind) {
    case 'dot':
      return scope.dot;
    case 'string':
      return { kind: 'words', words: [node.value] };
    case 'field':
      return follow(scope.dot, node.names, node.pos, scope);
    case 'variable': {
      const [name = '$', ...names] = node.names;
      return follow(scope.variables.get(name) ?? unknown, names, node.pos, scope);
    }
    case 'chain':
      return follow(evaluateOperand(node.operand, scope), node.names, node.pos, scope);
    case 'pipe':
      return evaluate(node, scope);
    case 'identifier':
      return callFunction(node, [], scope);
    default:
      return unknown;
  }
}

/** Goes along a chain of names; only the whole of a path in the values counts as a reference. */
function follow(from: Known, names: readonly string[], offset: number, scope: Scope): Known {
  let at = from;
  for (const name of names) {
    const next = fieldOf(at, name);
    if (next === undefined) {
      const type = at.kind === 'typed' ? pointedTo(at.type).name : '';
      scope.facts.add('unknownFields', [type, name], offset);
      return unknown;
    }
    at = next;
  }
  if (at.kind === 'values' && at.path.length > 0) scope.facts.add('values', at.path, offset);
  return at;
}
