import type { ChainNode, FieldNode, OperandNode, VariableNode } from '../parse/nodes.ts';
import { printNode } from '../parse/print-node.ts';
import { anyType, type GoMethod } from '../value/model.ts';
import { atNode } from './at-node.ts';
import { type ArgumentCheck, argumentCheck } from './check-argument.ts';
import { type Compiler, MISSING } from './compiler.ts';
import type { Execution, Operation } from './execution.ts';
import { type FieldStep, fieldStep, type MethodCall } from './fields.ts';
import type { Insight, Knowledge } from './insight.ts';
import { compileArgument } from './operands.ts';

/** A command's closure: gets what was piped into it, or {@link MISSING}; a plain chain looks at neither. */
export type Command = (run: Execution, final?: unknown) => unknown;

/** How a chain is used: with arguments of its own, with a piped value, or plain. */
export interface ChainUse {
  /** The arguments after the chain. */
  readonly args: readonly OperandNode[];
  readonly hasFinal: boolean;
}

const plain: ChainUse = { args: [], hasFinal: false };

function methodCall(compiler: Compiler, use: ChainUse): (final: unknown) => MethodCall {
  // Which method it will be is only known at run time, so arguments are compiled per parameter type then.
  const compiled = new Map<GoMethod, { args: Operation[]; final: ArgumentCheck | undefined }>();
  return (final) => (run, method, receiver) => {
    const count = use.args.length + (use.hasFinal ? 1 : 0);
    if (count !== method.in.length) {
      throw run.fail(
        `wrong number of args for ${method.name}: want ${method.in.length} got ${count}`,
      );
    }
    let parts = compiled.get(method);
    if (parts === undefined) {
      const last = method.in.at(-1);
      parts = {
        args: use.args.map((arg, at) => compileArgument(compiler, arg, method.in[at] ?? anyType)),
        final: use.hasFinal && last !== undefined ? argumentCheck(last) : undefined,
      };
      compiled.set(method, parts);
    }
    const args = parts.args.map((arg) => arg(run));
    if (parts.final !== undefined) args.push(parts.final(final, run));
    return method.call(receiver, args);
  };
}

/** The steps of a chain, run on a receiver; arguments go to the last step. */
function compileSteps(
  compiler: Compiler,
  names: readonly string[],
  use: ChainUse,
): (run: Execution, receiver: unknown, isAny: boolean, final: unknown) => unknown {
  const withArguments = use.args.length > 0 || use.hasFinal;
  const early = (withArguments ? names.slice(0, -1) : names).map((name) =>
    fieldStep(name, compiler.missingKey, undefined),
  );
  const lastName = names.at(-1) ?? '';
  const makeCall = methodCall(compiler, use);
  const [first, second, third] = early;
  if (!withArguments && first !== undefined) {
    if (early.length === 1) return (run, receiver, isAny) => first(run, receiver, isAny);
    if (second !== undefined && early.length === 2) {
      return (run, receiver, isAny) => second(run, first(run, receiver, isAny), receiver);
    }
    if (second !== undefined && third !== undefined && early.length === 3) {
      return (run, receiver, isAny) => {
        const value = first(run, receiver, isAny);
        return third(run, second(run, value, receiver), value);
      };
    }
  }
  return (run, receiver, isAny, final) => {
    let value = receiver;
    let from: unknown = isAny;
    for (let i = 0; i < early.length; i++) {
      const next = early[i]?.(run, value, from);
      from = value;
      value = next;
    }
    if (!withArguments) return value;
    const last: FieldStep = fieldStep(lastName, compiler.missingKey, makeCall(final));
    return last(run, value, from);
  };
}

/** `.a.b` */
export function compileField(compiler: Compiler, node: FieldNode, use: ChainUse = plain): Command {
  const steps = compileSteps(compiler, node.names, use);
  const command = atNode(compiler, node, (run, final) => steps(run, run.dot, run.dotIsAny, final));
  const compiled = foresee(compiler, command, compiler.insight?.dot, node.names, use);
  if (compiled === command) compiler.scope.readsDot = true;
  return compiled;
}

/** `$x.a.b`, or `$x` alone, which takes no arguments. */
export function compileVariable(
  compiler: Compiler,
  node: VariableNode,
  use: ChainUse = plain,
): Command {
  const [variable = '$'] = node.names;
  const slot = compiler.scope.slotOf(variable);
  if (slot === undefined) {
    return (run) => {
      run.node = node;
      throw run.fail(`undefined variable: ${variable}`);
    };
  }
  const names = node.names.slice(1);
  if (names.length === 0) {
    if (use.args.length > 0 || use.hasFinal) return notAFunction(node);
    const read = atNode(compiler, node, (run) => run.variables[slot]);
    return foreseeVariable(compiler, read, slot, names, use);
  }
  const steps = compileSteps(compiler, names, use);
  const command = atNode(compiler, node, (run, final) =>
    steps(run, run.variables[slot], run.variableIsAny[slot] === true, final),
  );
  return foreseeVariable(compiler, command, slot, names, use);
}

function foreseeVariable(
  compiler: Compiler,
  command: Command,
  slot: number,
  names: readonly string[],
  use: ChainUse,
): Command {
  const compiled = foresee(compiler, command, compiler.insight?.variable(slot), names, use);
  if (compiled === command) compiler.scope.noteRead(slot);
  return compiled;
}

/** `(pipeline).a.b` */
export function compileChain(compiler: Compiler, node: ChainNode, use: ChainUse = plain): Command {
  if (node.operand.kind === 'nil') {
    return (run) => {
      run.node = node;
      throw run.fail(`indirection through explicit nil in ${printNode(node)}`);
    };
  }
  const operand = compileArgument(compiler, node.operand, undefined);
  const steps = compileSteps(compiler, node.names, use);
  const command = atNode(compiler, node, (run, final) => steps(run, operand(run), false, final));
  const known = compiler.insight?.of(operand);
  // Of a value that is known in part the rest must be worked out all the same: it may fail.
  return foresee(compiler, command, known?.kind === 'value' ? known : undefined, node.names, use);
}

/** Works a chain out ahead as far as its receiver is known. */
function foresee(
  compiler: Compiler,
  command: Command,
  receiver: Knowledge | undefined,
  names: readonly string[],
  use: ChainUse,
): Command {
  const { insight } = compiler;
  if (insight === undefined || use.args.length > 0 || use.hasFinal) return command;
  let at = receiver;
  let rest = names;
  let fromRoot: readonly string[] = [];
  while (at?.kind === 'members' && rest.length > 0) {
    if (at.isRoot) fromRoot = rest;
    at = at.members.get(rest[0] ?? '');
    rest = rest.slice(1);
  }
  if (at?.kind !== 'value') {
    const shared = fromRoot.length > 0 && !isRoot(at) && insight.ground.changes.onlyOwn;
    return insight.note(shared ? chainOnRoot(compiler, insight, fromRoot) : command, at);
  }
  const { value } = at;
  if (rest.length === 0) return insight.constant(at);
  const steps = compileSteps(compiler, rest, use);
  return insight.settle(command, (trial) => steps(trial, value, false, MISSING));
}

function isRoot(knowledge: Knowledge | undefined): boolean {
  return knowledge?.kind === 'members' && knowledge.isRoot === true;
}

/** A chain on the data of the run, which is worked out once: templates read the same few fields all over. */
function chainOnRoot(compiler: Compiler, insight: Insight, names: readonly string[]): Command {
  const place = insight.chainOnRoot(names);
  const steps = compileSteps(compiler, names, plain);
  return (run) => {
    const known = run.chains[place];
    if (known !== undefined) return known;
    const value = steps(run, run.root, false, MISSING);
    run.chains[place] = value;
    return value;
  };
}

/** A first word that cannot take arguments, or a value piped into it. */
export function notAFunction(node: OperandNode): Command {
  return (run) => {
    // Go looks at a parenthesised pipeline only after this check (exec.go, evalCommand).
    if (node.kind !== 'pipe') run.node = node;
    throw run.fail(`can't give argument to non-function ${printNode(node)}`);
  };
}

/** Calls a command that gets nothing piped. */
export function withoutFinal({ insight }: Compiler, command: Command): Operation {
  const known = insight?.of(command);
  if (known?.kind === 'value') return command as Operation;
  const operation: Operation = (run) => command(run, MISSING);
  return insight?.note(operation, known) ?? operation;
}
