import { isMapValue } from '../builtins/index-and-slice.ts';
import { formatValue } from '../fmt/format-value.ts';
import { goQuote } from '../fmt/go-quote.ts';
import { sprintf } from '../fmt/sprintf.ts';
import type { IfNode, ListNode, RangeNode, StatementNode, WithNode } from '../parse/nodes.ts';
import { isList, listItems } from '../value/list.ts';
import { mapEntry, sortedKeys } from '../value/map-entries.ts';
import { anyType, GoInt, GoPointer, intType } from '../value/model.ts';
import { isTrue } from '../value/truth.ts';
import { goTypeOf } from '../value/type-of.ts';
import type { Compiler } from './compiler.ts';
import { BREAK, CONTINUE, type Execution, NORMAL, type Statement } from './execution.ts';
import { compilePipe } from './pipelines.ts';

/** A list of statements; stops at the first that breaks or continues. */
export function compileList(compiler: Compiler, list: ListNode): Statement {
  const statements = list.nodes.map((node) => compileStatement(compiler, node));
  const [first] = statements;
  if (first === undefined) return () => NORMAL;
  if (statements.length === 1) return first;
  return (run) => {
    for (let i = 0; i < statements.length; i++) {
      const ending = statements[i]?.(run) ?? NORMAL;
      if (ending !== NORMAL) return ending;
    }
    return NORMAL;
  };
}

function compileStatement(compiler: Compiler, node: StatementNode): Statement {
  switch (node.kind) {
    case 'text': {
      const { text } = node;
      return (run) => {
        run.write(text);
        return NORMAL;
      };
    }
    case 'action': {
      const pipe = compilePipe(compiler, node.pipe);
      if (node.pipe.declares.length > 0) {
        return (run) => {
          run.node = node;
          pipe(run);
          return NORMAL;
        };
      }
      return (run) => {
        run.node = node;
        const value = pipe(run);
        run.node = node;
        run.write(typeof value === 'string' ? value : printed(value));
        return NORMAL;
      };
    }
    case 'if':
    case 'with':
      return compileBranch(compiler, node);
    case 'range':
      return compileRange(compiler, node);
    case 'template':
      return compileInvocation(compiler, node);
    case 'break':
      return (run) => {
        run.node = node;
        return BREAK;
      };
    case 'continue':
      return (run) => {
        run.node = node;
        return CONTINUE;
      };
  }
}

/** What `{{x}}` writes: as `fmt.Print`, but no value reads `<no value>` and pointers are followed. */
function printed(value: unknown): string {
  if (value === undefined || value === null) return '<no value>';
  if (value instanceof GoPointer && value.target !== null && !isStringer(value)) {
    return formatValue(value.target);
  }
  return formatValue(value);
}

function isStringer(pointer: GoPointer): boolean {
  return goTypeOf(pointer.target)?.format !== undefined;
}

function compileBranch(compiler: Compiler, node: IfNode | WithNode): Statement {
  const mark = compiler.scope.mark();
  const condition = compilePipe(compiler, node.pipe);
  const inner = compiler.scope.mark();
  const body = compileList(compiler, node.body);
  compiler.scope.release(inner);
  const otherwise = node.otherwise === null ? undefined : compileList(compiler, node.otherwise);
  compiler.scope.release(mark);
  if (node.kind === 'if') {
    return (run) => {
      run.node = node;
      run.step();
      if (isTrue(condition(run))) return body(run);
      return otherwise === undefined ? NORMAL : otherwise(run);
    };
  }
  return (run) => {
    run.node = node;
    run.step();
    const value = condition(run);
    if (!isTrue(value)) return otherwise === undefined ? NORMAL : otherwise(run);
    const { dot, dotIsAny } = run;
    run.dot = value;
    run.dotIsAny = false;
    const ending = body(run);
    run.dot = dot;
    run.dotIsAny = dotIsAny;
    return ending;
  };
}

function compileRange(compiler: Compiler, node: RangeNode): Statement {
  const mark = compiler.scope.mark();
  const pipe = compilePipe(compiler, node.pipe);
  const slots = node.pipe.declares.map(({ names: [name = '$'] }) => compiler.scope.slotOf(name));
  const inner = compiler.scope.mark();
  const body = compileList(compiler, node.body);
  compiler.scope.release(inner);
  const otherwise = node.otherwise === null ? undefined : compileList(compiler, node.otherwise);
  compiler.scope.release(mark);
  const indexSlot = slots.length > 1 ? slots[0] : undefined;
  const itemSlot = slots.length > 1 ? slots[1] : slots[0];

  return (run) => {
    run.node = node;
    const piped = pipe(run);
    const value = piped instanceof GoPointer && piped.target !== null ? piped.target : piped;
    const { dot, dotIsAny } = run;
    const isAny = goTypeOf(value)?.elem === anyType;
    let count = 0;
    const round = (key: unknown, item: unknown): boolean => {
      count++;
      run.step();
      if (indexSlot !== undefined) {
        run.variables[indexSlot] = key;
        run.variableIsAny[indexSlot] = false;
      }
      if (itemSlot !== undefined) {
        run.variables[itemSlot] = item;
        run.variableIsAny[itemSlot] = isAny;
      }
      run.dot = item;
      run.dotIsAny = isAny;
      return body(run) !== BREAK;
    };
    iterate(run, value, slots.length, round);
    run.dot = dot;
    run.dotIsAny = dotIsAny;
    if (count === 0 && otherwise !== undefined) return otherwise(run);
    return NORMAL;
  };
}

function iterate(
  run: Execution,
  value: unknown,
  variables: number,
  round: (key: unknown, item: unknown) => boolean,
): void {
  if (value === undefined || value === null) return;
  if (isList(value)) {
    const items = listItems(value);
    for (let i = 0; i < items.length; i++) {
      if (!round(variables > 1 ? new GoInt(intType, i) : undefined, items[i])) return;
    }
  } else if (value instanceof GoInt) {
    if (variables > 1) {
      throw run.fail(`can't use ${formatValue(value)} to iterate over more than one variable`);
    }
    for (let i = 0; i < value.value; i++) {
      if (!round(undefined, new GoInt(value.type, i))) return;
    }
  } else if (isMapValue(value)) {
    for (const key of sortedKeys(value)) {
      if (!round(key, mapEntry(value, key) ?? null)) return;
    }
  } else if (value instanceof GoPointer) {
    throw run.fail(`range can't iterate over <nil>`);
  } else {
    throw run.fail(sprintf("range can't iterate over %v", [value]));
  }
}

function compileInvocation(
  compiler: Compiler,
  node: Extract<StatementNode, { kind: 'template' }>,
): Statement {
  const pipe = node.pipe === null ? undefined : compilePipe(compiler, node.pipe);
  return (run) => {
    run.node = node;
    run.step();
    const called = run.set.get(node.name);
    if (called === undefined) throw run.fail(`template ${goQuote(node.name)} not defined`);
    if (run.depth >= run.limits.maxDepth) {
      // Go's own limit is 100000; ours is lower because the stack is, and says the same.
      throw run.fail('exceeded maximum template depth (100000)');
    }
    const data = pipe?.(run);
    const { node: current, template, dot, dotIsAny, variables, variableIsAny } = run;
    run.template = called;
    run.dot = data;
    run.dotIsAny = false;
    run.variables = new Array<unknown>(called.slots);
    run.variables[0] = data;
    run.variableIsAny = [];
    run.depth++;
    called.body(run);
    run.depth--;
    run.node = current;
    run.template = template;
    run.dot = dot;
    run.dotIsAny = dotIsAny;
    run.variables = variables;
    run.variableIsAny = variableIsAny;
    return NORMAL;
  };
}
