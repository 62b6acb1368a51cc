import type { CommandNode, OperandNode, PipeNode } from '../parse/nodes.ts';
import { atNode } from './at-node.ts';
import { compileCall, type Piped } from './calls.ts';
import {
  type Command,
  compileChain,
  compileField,
  compileVariable,
  notAFunction,
} from './chains.ts';
import { type Compiler, MISSING } from './compiler.ts';
import type { Operation } from './execution.ts';
import type { Knowledge } from './insight.ts';
import { literalOperation } from './literals.ts';

/** A pipeline: its commands in turn, each one's value the last argument of the next; then its variables. */
export function compilePipe(compiler: Compiler, pipe: PipeNode): Operation {
  const { insight } = compiler;
  const value = insight?.makesChanging(pipe)
    ? compileCommands(withoutInsight(compiler), pipe)
    : compileCommands(compiler, pipe);
  if (pipe.declares.length === 0) return value;
  const known = insight?.of(value);
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
    insight?.setVariable(slot, known);
  }
  if (known?.kind === 'value' && slots.every((slot) => insight?.ground.isNeverRead(slot)))
    return value;
  const operation: Operation = (run) => {
    const result = value(run);
    for (const slot of slots) {
      run.variables[slot] = result;
      run.variableIsAny[slot] = false;
    }
    return result;
  };
  return insight?.note(operation, known) ?? operation;
}

function withoutInsight({ functions, missingKey, scope }: Compiler): Compiler {
  return { functions, missingKey, scope };
}

function compileCommands(compiler: Compiler, pipe: PipeNode): Operation {
  const { insight } = compiler;
  const commands: Command[] = [];
  let known: Knowledge | undefined;
  for (const [at, node] of pipe.commands.entries()) {
    const before = known;
    const command = compileCommand(compiler, node, at > 0 ? { knowledge: known } : undefined);
    known = piped(insight?.of(command));
    // A command that does not care what is piped into it does not spare the others from running.
    if (at > 0 && before?.kind !== 'value') known = undefined;
    commands.push(command);
  }
  const operation = atNode(compiler, pipe, runInTurn(commands));
  if (insight === undefined) return operation;
  return known?.kind === 'value' ? insight.constant(known) : insight.note(operation, known);
}

/** At the end of a command a nil becomes no value. */
function piped(knowledge: Knowledge | undefined): Knowledge | undefined {
  return knowledge?.kind === 'value'
    ? { kind: 'value', value: knowledge.value ?? undefined }
    : knowledge;
}

function runInTurn(commands: readonly Command[]): Operation {
  const [first, ...rest] = commands;
  if (first === undefined) return () => undefined;
  const [second] = rest;
  // At the end of a command the interface wrapper comes off, and a nil becomes no value.
  if (second === undefined) return (run) => first(run, MISSING) ?? undefined;
  if (rest.length === 1) {
    return (run) => second(run, first(run, MISSING) ?? undefined) ?? undefined;
  }
  return (run) => {
    let value = first(run, MISSING) ?? undefined;
    for (const command of rest) value = command(run, value) ?? undefined;
    return value;
  };
}

function compileCommand(
  compiler: Compiler,
  command: CommandNode,
  piped: Piped | undefined,
): Command {
  const [first, ...args] = command.args;
  const hasFinal = piped !== undefined;
  if (first === undefined) return () => undefined;
  switch (first.kind) {
    case 'field':
      return compileField(compiler, first, { args, hasFinal });
    case 'chain':
      return compileChain(compiler, first, { args, hasFinal });
    case 'variable':
      return compileVariable(compiler, first, { args, hasFinal });
    case 'identifier':
      return compileCall(compiler, first, command, args, piped);
    default:
      break;
  }
  if (args.length > 0 || hasFinal) return notAFunction(first);
  return compileValue(compiler, first);
}

/** The dot itself. */
export function readDot({ scope }: Compiler): Operation {
  scope.readsDot = true;
  return (run) => run.dot;
}

function compileValue(
  compiler: Compiler,
  node: Exclude<OperandNode, { kind: 'field' | 'chain' | 'variable' | 'identifier' }>,
): Command {
  switch (node.kind) {
    case 'pipe':
      return compilePipe(compiler, node);
    case 'dot': {
      const { insight } = compiler;
      const known = insight?.dot;
      if (insight !== undefined && known?.kind === 'value') return insight.constant(known);
      const read = atNode(compiler, node, readDot(compiler));
      return insight?.note(read, known) ?? read;
    }
    case 'nil':
      return (run) => {
        run.node = node;
        throw run.fail('nil is not a command');
      };
    default: {
      const literal = literalOperation(node);
      const read = atNode(compiler, node, literal);
      return compiler.insight?.settle(read, read) ?? read;
    }
  }
}
