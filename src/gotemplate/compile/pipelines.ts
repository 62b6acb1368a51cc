import type { CommandNode, OperandNode, PipeNode } from '../parse/nodes.ts';
import { compileCall } from './calls.ts';
import {
  type Command,
  compileChain,
  compileField,
  compileVariable,
  notAFunction,
} from './chains.ts';
import { type Compiler, MISSING } from './compiler.ts';
import type { Operation } from './execution.ts';
import { literalOperation } from './literals.ts';

/** A pipeline: its commands in turn, each one's value the last argument of the next; then its variables. */
export function compilePipe(compiler: Compiler, pipe: PipeNode): Operation {
  const value = compileCommands(compiler, pipe);
  if (pipe.declares.length === 0) return value;
  const slots: number[] = [];
  for (const variable of pipe.declares) {
    const [name = '$'] = variable.names;
    const slot = pipe.isAssign ? compiler.scope.slotOf(name) : compiler.scope.declare(name);
    if (slot === undefined) {
      return (run) => {
        value(run);
        throw run.fail(`undefined variable: ${name}`);
      };
    }
    slots.push(slot);
  }
  return (run) => {
    const result = value(run);
    for (const slot of slots) {
      run.variables[slot] = result;
      run.variableIsAny[slot] = false;
    }
    return result;
  };
}

function compileCommands(compiler: Compiler, pipe: PipeNode): Operation {
  const [first, ...rest] = pipe.commands.map((command, at) =>
    compileCommand(compiler, command, at > 0),
  );
  if (first === undefined) return () => undefined;
  const [second] = rest;
  // At the end of a command the interface wrapper comes off, and a nil becomes no value.
  if (second === undefined) {
    return (run) => {
      run.node = pipe;
      return first(run, MISSING) ?? undefined;
    };
  }
  if (rest.length === 1) {
    return (run) => {
      run.node = pipe;
      return second(run, first(run, MISSING) ?? undefined) ?? undefined;
    };
  }
  return (run) => {
    run.node = pipe;
    let value = first(run, MISSING) ?? undefined;
    for (const command of rest) value = command(run, value) ?? undefined;
    return value;
  };
}

function compileCommand(compiler: Compiler, command: CommandNode, hasFinal: boolean): Command {
  const [first, ...args] = command.args;
  if (first === undefined) return () => undefined;
  switch (first.kind) {
    case 'field':
      return compileField(compiler, first, { args, hasFinal });
    case 'chain':
      return compileChain(compiler, first, { args, hasFinal });
    case 'variable':
      return compileVariable(compiler, first, { args, hasFinal });
    case 'identifier':
      return compileCall(compiler, first, command, args, hasFinal);
    default:
      break;
  }
  if (args.length > 0 || hasFinal) return notAFunction(first);
  return compileValue(compiler, first);
}

function compileValue(
  compiler: Compiler,
  node: Exclude<OperandNode, { kind: 'field' | 'chain' | 'variable' | 'identifier' }>,
): Command {
  switch (node.kind) {
    case 'pipe':
      return compilePipe(compiler, node);
    case 'dot':
      return (run) => {
        run.node = node;
        return run.dot;
      };
    case 'nil':
      return (run) => {
        run.node = node;
        throw run.fail('nil is not a command');
      };
    default: {
      const literal = literalOperation(node);
      return (run) => {
        run.node = node;
        return literal(run);
      };
    }
  }
}
