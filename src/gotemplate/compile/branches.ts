import type { IfNode, ListNode, WithNode } from '../parse/nodes.ts';
import { isTrue } from '../value/truth.ts';
import type { Compiler } from './compiler.ts';
import { type Execution, NORMAL, type Operation, type Statement } from './execution.ts';
import type { Insight, Knowledge } from './insight.ts';
import { compilePipe } from './pipelines.ts';
import { compileParts, inTurn, type Part } from './statements.ts';

/** `{{if}}`: of a condition that is known only the way that it chooses is compiled. */
export function compileIf(compiler: Compiler, node: IfNode): readonly Part[] {
  const { insight, scope } = compiler;
  const mark = scope.mark();
  const condition = compilePipe(compiler, node.pipe);
  const known = insight?.of(condition);
  if (known?.kind === 'value') {
    const chosen = isTrue(known.value) ? node.body : node.otherwise;
    const parts = chosen === null ? [] : compileParts(compiler, chosen);
    scope.release(mark);
    return [...declaration(compiler, condition), ...parts];
  }
  const [body, otherwise] = compileWays(compiler, node, undefined);
  scope.release(mark);
  return [
    (run) => {
      run.node = node;
      run.step();
      if (isTrue(condition(run))) return body(run);
      return otherwise === undefined ? NORMAL : otherwise(run);
    },
  ];
}

/** `{{with}}`: an `if` that makes its value the dot. */
export function compileWith(compiler: Compiler, node: WithNode): readonly Part[] {
  const { insight, scope } = compiler;
  const mark = scope.mark();
  const condition = compilePipe(compiler, node.pipe);
  const known = insight?.of(condition);
  if (insight !== undefined && known?.kind === 'value') {
    const parts = isTrue(known.value)
      ? withKnownDot(compiler, insight, { dot: known, condition }, node.body)
      : node.otherwise === null
        ? []
        : compileParts(compiler, node.otherwise);
    scope.release(mark);
    return [...declaration(compiler, condition), ...parts];
  }
  const [body, otherwise] = compileWays(compiler, node, { dot: known });
  scope.release(mark);
  return [
    (run) => {
      run.node = node;
      run.step();
      const value = condition(run);
      if (!isTrue(value)) return otherwise === undefined ? NORMAL : otherwise(run);
      return runWithDot(run, value, body);
    },
  ];
}

/** Body and alternative, of which it is not known which one will run. */
function compileWays(
  compiler: Compiler,
  node: IfNode | WithNode,
  dotOfBody: { readonly dot: Knowledge | undefined } | undefined,
): [Statement, Statement | undefined] {
  const { insight, scope } = compiler;
  const first = (): Statement => {
    const inner = scope.mark();
    const body = () => inTurn(compileParts(compiler, node.body));
    const compiled =
      insight === undefined || dotOfBody === undefined
        ? body()
        : insight.withDot(dotOfBody.dot, body);
    scope.release(inner);
    return compiled;
  };
  const second = (): Statement | undefined => compileAlternative(compiler, node.otherwise);
  return insight === undefined ? [first(), second()] : insight.either(first, second);
}

function compileAlternative(compiler: Compiler, list: ListNode | null): Statement | undefined {
  return list === null ? undefined : inTurn(compileParts(compiler, list));
}

/** What is left of a known condition: the variables that it sets. */
function declaration({ insight }: Compiler, condition: Operation): Part[] {
  if (insight?.isConstant(condition)) return [];
  return [
    (run) => {
      condition(run);
      return NORMAL;
    },
  ];
}

/** The body of a `with` whose value is known; that it is the dot only matters where something reads it. */
function withKnownDot(
  compiler: Compiler,
  insight: Insight,
  { dot, condition }: { readonly dot: Knowledge; readonly condition: Operation },
  list: ListNode,
): readonly Part[] {
  const { result: parts, isRead } = compiler.scope.withOtherDot(() =>
    insight.withDot(dot, () => compileParts(compiler, list)),
  );
  if (!isRead) return parts;
  const body = inTurn(parts);
  return [(run) => runWithDot(run, condition(run), body)];
}

/** Runs a body with another dot. */
export function runWithDot(run: Execution, value: unknown, body: Statement, isAny = false) {
  const { dot, dotIsAny } = run;
  run.dot = value;
  run.dotIsAny = isAny;
  const ending = body(run);
  run.dot = dot;
  run.dotIsAny = dotIsAny;
  return ending;
}
