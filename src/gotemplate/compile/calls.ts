import { builtins, reflectValueType } from '../builtins/builtins.ts';
import { TemplateExecError } from '../errors.ts';
import type { CommandNode, IdentifierNode, OperandNode } from '../parse/nodes.ts';
import { printNode } from '../parse/print-node.ts';
import { anyType, type GoFunction, type GoType } from '../value/model.ts';
import { isTrue } from '../value/truth.ts';
import { typeName } from '../value/type-of.ts';
import { atNode } from './at-node.ts';
import type { Command } from './chains.ts';
import { type ArgumentCheck, argumentCheck } from './check-argument.ts';
import { type Compiler, MISSING } from './compiler.ts';
import type { Execution, Operation } from './execution.ts';
import type { Insight, Knowledge } from './insight.ts';
import { compileArgument } from './operands.ts';

/**
 * A function call. `site` is the node that `error calling NAME` names: the whole command, or the bare
 * identifier when the function stands as an argument without parentheses.
 */
export function compileCall(
  compiler: Compiler,
  node: IdentifierNode,
  site: CommandNode | IdentifierNode,
  args: readonly OperandNode[],
  piped: Piped | undefined,
): Command {
  const { name } = node;
  const hasFinal = piped !== undefined;
  const own = Object.hasOwn(compiler.functions, name) ? compiler.functions[name] : undefined;
  const fn = own ?? (Object.hasOwn(builtins, name) ? builtins[name] : undefined);
  if (fn === undefined) {
    return (run) => {
      run.node = node;
      throw run.fail(`"${name}" is not a defined function`);
    };
  }
  const wrong = wrongCount(name, fn, args.length, hasFinal);
  if (wrong !== undefined) {
    return (run) => {
      run.node = node;
      throw run.fail(wrong);
    };
  }
  if (own === undefined) {
    if (name === 'and' || name === 'or') return shortCircuit(compiler, node, args, piped);
    if (name === 'call') return callBuiltin(compiler, node, site, args);
  }
  const operations = args.map((arg, at) => compileArgument(compiler, arg, parameterType(fn, at)));
  const finalCheck = hasFinal ? argumentCheck(parameterType(fn, args.length)) : undefined;
  const command = atNode(compiler, node, invocation(fn, name, site, operations, finalCheck));
  return compiler.insight === undefined
    ? command
    : foreseeCall(compiler.insight, fn, command, operations, piped);
}

/** What is piped into a command. */
export interface Piped {
  readonly knowledge: Knowledge | undefined;
}

/** Works a call out ahead when all it gets is known; of a new map at least the entries that are. */
function foreseeCall(
  insight: Insight,
  fn: GoFunction,
  command: Command,
  args: readonly Operation[],
  piped: Piped | undefined,
): Command {
  if (fn.effect !== undefined) return command;
  const known = args.map((arg) => insight.of(arg));
  const final = piped?.knowledge;
  const pipedIsKnown = piped === undefined || final?.kind === 'value';
  if (pipedIsKnown && known.every((knowledge) => knowledge?.kind === 'value')) {
    const value = final?.kind === 'value' ? final.value : MISSING;
    return insight.settle(command, (trial) => command(trial, value));
  }
  if (piped !== undefined) return command;
  if (fn.looksUp !== undefined && looksForAbsent(fn.looksUp, known)) {
    const emptied = known[0]?.kind === 'value' ? undefined : known[0]?.emptied;
    const call = fn.call as (...args: unknown[]) => unknown;
    return insight.settle(command, (trial) =>
      call(emptied, ...args.slice(1).map((arg) => arg(trial))),
    );
  }
  if (fn.pairs !== true) return command;
  const members = new Map<string, Knowledge>();
  for (let at = 0; at + 1 < known.length; at += 2) {
    const [key, value] = [known[at], known[at + 1]];
    if (key?.kind !== 'value' || typeof key.value !== 'string') return command;
    if (value === undefined) members.delete(key.value);
    else members.set(key.value, value);
  }
  const frozen: Command = (run) => Object.freeze(command(run, MISSING));
  return insight.note(frozen, { kind: 'members', members });
}

/** True when the entry that is looked up is known not to be there, and whatever else matters is known as well. */
function looksForAbsent(
  fields: readonly string[],
  [first, key, ...others]: readonly (Knowledge | undefined)[],
): boolean {
  let map = first;
  for (const field of fields) map = map?.kind === 'members' ? map.members.get(field) : undefined;
  if (map?.kind !== 'map' || key?.kind !== 'value' || typeof key.value !== 'string') return false;
  return others.every((other) => other?.kind === 'value') && map.lacks(key.value);
}

function parameterType(fn: GoFunction, at: number): GoType {
  return fn.in[at] ?? fn.in.at(-1) ?? anyType;
}

function wrongCount(
  name: string,
  fn: GoFunction,
  given: number,
  hasFinal: boolean,
): string | undefined {
  const count = given + (hasFinal ? 1 : 0);
  if (fn.variadic === true) {
    const fixed = fn.in.length - 1;
    if (count >= fixed) return undefined;
    return `wrong number of args for ${name}: want at least ${fixed} got ${given}`;
  }
  if (count === fn.in.length) return undefined;
  return `wrong number of args for ${name}: want ${fn.in.length} got ${count}`;
}

/** Turns what a function threw into the template's error; a template's own errors pass. */
function callFailure(
  run: Execution,
  site: CommandNode | IdentifierNode,
  name: string,
  error: unknown,
): Error {
  if (error instanceof TemplateExecError) return error;
  run.node = site;
  const reason = error instanceof Error ? error.message : String(error);
  return run.fail(`error calling ${name}: ${reason}`, error);
}

function invocation(
  fn: GoFunction,
  name: string,
  site: CommandNode | IdentifierNode,
  args: readonly Operation[],
  finalCheck: ArgumentCheck | undefined,
): Command {
  const call = fn.call as (...args: unknown[]) => unknown;
  const [first, second, third] = args;
  if (finalCheck === undefined && first !== undefined) {
    if (args.length === 1) {
      return (run) => {
        const a = first(run);
        try {
          return call(a);
        } catch (error) {
          throw callFailure(run, site, name, error);
        }
      };
    }
    if (args.length === 2 && second !== undefined) {
      return (run) => {
        const a = first(run);
        const b = second(run);
        try {
          return call(a, b);
        } catch (error) {
          throw callFailure(run, site, name, error);
        }
      };
    }
    if (args.length === 3 && second !== undefined && third !== undefined) {
      return (run) => {
        const a = first(run);
        const b = second(run);
        const c = third(run);
        try {
          return call(a, b, c);
        } catch (error) {
          throw callFailure(run, site, name, error);
        }
      };
    }
  }
  if (finalCheck !== undefined && args.length === 0) {
    return (run, final) => {
      const a = finalCheck(final, run);
      try {
        return call(a);
      } catch (error) {
        throw callFailure(run, site, name, error);
      }
    };
  }
  return (run, final) => {
    run.step();
    const values = new Array<unknown>(args.length);
    for (let i = 0; i < args.length; i++) values[i] = args[i]?.(run);
    if (finalCheck !== undefined) values.push(finalCheck(final, run));
    try {
      return call(...values);
    } catch (error) {
      throw callFailure(run, site, name, error);
    }
  };
}

/** `and` and `or`: the first argument that settles it, and no further one is evaluated. */
function shortCircuit(
  compiler: Compiler,
  node: IdentifierNode,
  args: readonly OperandNode[],
  piped: Piped | undefined,
): Command {
  const hasFinal = piped !== undefined;
  const settles = node.name === 'or';
  const operations = args.map((arg) => compileArgument(compiler, arg, reflectValueType));
  const { insight } = compiler;
  const open = insight === undefined ? operations : openOperands(insight, operations, settles);
  const command = atNode(compiler, node, (run, final) => {
    let value: unknown;
    for (const operation of open) {
      value = operation(run);
      if (isTrue(value) === settles) return value;
    }
    return hasFinal ? final : value;
  });
  const [only] = open;
  if (insight === undefined || open.length > 1) return command;
  const known = only === undefined ? piped?.knowledge : insight.of(only);
  const settled = known?.kind === 'value' && (!hasFinal || isTrue(known.value) === settles);
  return settled ? insight.constant(known) : command;
}

/** The operands that are left to the run: not those that do not settle it for sure, nor any after one that does. */
function openOperands(
  insight: Insight,
  operations: readonly Operation[],
  settles: boolean,
): readonly Operation[] {
  const isTrueFor = (operation: Operation): boolean | undefined => {
    const known = insight.of(operation);
    return known?.kind === 'value' ? isTrue(known.value) : undefined;
  };
  const end = operations.findIndex((operation) => isTrueFor(operation) === settles);
  const reached = end < 0 ? operations : operations.slice(0, end + 1);
  return reached.filter(
    (operation, at) => at === reached.length - 1 || isTrueFor(operation) !== !settles,
  );
}

/** `call f args…`: data never holds functions, so this can only tell what it found instead. */
function callBuiltin(
  compiler: Compiler,
  node: IdentifierNode,
  site: CommandNode | IdentifierNode,
  args: readonly OperandNode[],
): Command {
  const operations = args.map((arg) => compileArgument(compiler, arg, reflectValueType));
  const [functionNode] = args;
  return (run, final) => {
    run.node = node;
    const values = operations.map((operation) => operation(run));
    const target = operations.length > 0 ? values[0] : final;
    run.node = site;
    if (target === undefined || target === null) throw run.fail('error calling call: call of nil');
    const written = functionNode === undefined ? 'final' : printNode(functionNode);
    throw run.fail(`error calling call: non-function ${written} of type ${typeName(target)}`);
  };
}
