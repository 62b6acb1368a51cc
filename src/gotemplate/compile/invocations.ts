import { goQuote } from '../fmt/go-quote.ts';
import type { PipeNode, TemplateNode } from '../parse/nodes.ts';
import type { Compiler } from './compiler.ts';
import { type CompiledTemplate, type Execution, NORMAL, type Operation } from './execution.ts';
import { compilePipe } from './pipelines.ts';
import { compileParts, type Part } from './statements.ts';

/** `{{template}}`: where something is known ahead, the body is copied into the one around it. */
export function compileInvocation(compiler: Compiler, node: TemplateNode): readonly Part[] {
  const data = node.pipe === null ? undefined : compilePipe(compiler, node.pipe);
  const copy = compileCopy(compiler, node, data);
  if (copy !== undefined) {
    return data === undefined || isPlainRead(compiler, node.pipe, data) || copy.usesData
      ? copy.parts
      : [evaluated(data), ...copy.parts];
  }
  return [
    (run) => {
      run.node = node;
      run.step();
      invoke(run, find(run, node), data?.(run));
      return NORMAL;
    },
  ];
}

interface Copy {
  readonly parts: readonly Part[];
  /** The parts evaluate what the template is invoked with. */
  readonly usesData: boolean;
}

function compileCopy(
  compiler: Compiler,
  { name }: TemplateNode,
  data: Operation | undefined,
): Copy | undefined {
  const { insight } = compiler;
  const parsed = insight?.ground.set.get(name);
  if (insight === undefined || parsed === undefined || !insight.spend(parsed.root))
    return undefined;
  const scope = compiler.scope.apart();
  const slot = scope.slotOf('$') ?? 0;
  const dot =
    data === undefined ? ({ kind: 'value', value: undefined } as const) : insight.of(data);
  insight.setVariable(slot, dot);
  const parts = insight.inside(dot, () => compileParts({ ...compiler, scope }, parsed.root));
  if (parts === undefined) return undefined;
  const first = parts.findIndex((part) => typeof part !== 'string');
  if (first < 0 || !(scope.readsDot || scope.isRead(slot))) return { parts, usesData: false };
  const last = parts.findLastIndex((part) => typeof part !== 'string');
  return {
    parts: parts.toSpliced(last + 1, 0, leave).toSpliced(first, 0, enter(slot, data)),
    usesData: true,
  };
}

/** Makes what a template is invoked with the dot of its copied body. */
function enter(slot: number, data: Operation | undefined): Part {
  return (run) => {
    const value = data?.(run);
    run.outerDots.push(run.dot, run.dotIsAny);
    run.dot = value;
    run.dotIsAny = false;
    run.variables[slot] = value;
    return NORMAL;
  };
}

const leave: Part = (run) => {
  run.dotIsAny = run.outerDots.pop() as boolean;
  run.dot = run.outerDots.pop();
  return NORMAL;
};

/** True when nothing is lost by not evaluating what a template is invoked with. */
function isPlainRead({ insight }: Compiler, pipe: PipeNode | null, data: Operation): boolean {
  if (insight?.of(data)?.kind === 'value' && pipe?.declares.length === 0) return true;
  const [command, ...more] = pipe?.commands ?? [];
  const [operand, ...others] = command?.args ?? [];
  if (pipe?.declares.length !== 0 || more.length > 0 || others.length > 0) return false;
  return operand?.kind === 'dot' || (operand?.kind === 'variable' && operand.names.length === 1);
}

function evaluated(data: Operation): Part {
  return (run) => {
    data(run);
    return NORMAL;
  };
}

function find(run: Execution, { name }: TemplateNode): CompiledTemplate {
  const called = run.set.get(name);
  if (called === undefined) throw run.fail(`template ${goQuote(name)} not defined`);
  if (run.depth >= run.limits.maxDepth) {
    // Go's own limit is 100000; ours is lower because the stack is, and says the same.
    throw run.fail('exceeded maximum template depth (100000)');
  }
  return called;
}

/** Runs a body with variables of its own. */
function invoke(run: Execution, called: CompiledTemplate, data: unknown): void {
  const { node, template, dot, dotIsAny, variables, variableIsAny } = run;
  run.template = called;
  run.dot = data;
  run.dotIsAny = false;
  run.variables = new Array<unknown>(called.slots);
  run.variables[0] = data;
  run.variableIsAny = [];
  run.depth++;
  called.body(run);
  run.depth--;
  run.node = node;
  run.template = template;
  run.dot = dot;
  run.dotIsAny = dotIsAny;
  run.variables = variables;
  run.variableIsAny = variableIsAny;
}
