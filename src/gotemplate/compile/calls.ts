import { builtins, reflectValueType } from '../builtins/builtins.ts';
import { TemplateExecError } from '../errors.ts';
import type { CommandNode, IdentifierNode, OperandNode } from '../parse/nodes.ts';
import { printNode } from '../parse/print-node.ts';
import { anyType, type GoFunction, type GoType } from '../value/model.ts';
import { isTrue } from '../value/truth.ts';
import { typeName } from '../value/type-of.ts';
import type { Command } from './chains.ts';
import { type ArgumentCheck, argumentCheck } from './check-argument.ts';
import type { Compiler } from './compiler.ts';
import type { Execution, Operation } from './execution.ts';
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
  hasFinal: boolean,
): Command {
  const { name } = node;
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
    if (name === 'and' || name === 'or') return shortCircuit(compiler, node, args, hasFinal);
    if (name === 'call') return callBuiltin(compiler, node, site, args);
  }
  const operations = args.map((arg, at) => compileArgument(compiler, arg, parameterType(fn, at)));
  const finalCheck = hasFinal ? argumentCheck(parameterType(fn, args.length)) : undefined;
  return invocation(fn, name, node, site, operations, finalCheck);
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
  node: IdentifierNode,
  site: CommandNode | IdentifierNode,
  args: readonly Operation[],
  finalCheck: ArgumentCheck | undefined,
): Command {
  const call = fn.call as (...args: unknown[]) => unknown;
  const [first, second] = args;
  if (finalCheck === undefined && args.length === 1 && first !== undefined) {
    return (run) => {
      run.node = node;
      const a = first(run);
      try {
        return call(a);
      } catch (error) {
        throw callFailure(run, site, name, error);
      }
    };
  }
  if (
    finalCheck === undefined &&
    args.length === 2 &&
    first !== undefined &&
    second !== undefined
  ) {
    return (run) => {
      run.node = node;
      const a = first(run);
      const b = second(run);
      try {
        return call(a, b);
      } catch (error) {
        throw callFailure(run, site, name, error);
      }
    };
  }
  if (finalCheck !== undefined && args.length === 0) {
    return (run, final) => {
      run.node = node;
      const a = finalCheck(final, run);
      try {
        return call(a);
      } catch (error) {
        throw callFailure(run, site, name, error);
      }
    };
  }
  return (run, final) => {
    run.node = node;
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
  hasFinal: boolean,
): Command {
  const settles = node.name === 'or';
  const operations = args.map((arg) => compileArgument(compiler, arg, reflectValueType));
  return (run, final) => {
    run.node = node;
    let value: unknown;
    for (const operation of operations) {
      value = operation(run);
      if (isTrue(value) === settles) return value;
    }
    return hasFinal ? final : value;
  };
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
