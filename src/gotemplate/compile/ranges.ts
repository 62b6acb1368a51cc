import { isMapValue } from '../builtins/index-and-slice.ts';
import { formatValue } from '../fmt/format-value.ts';
import { sprintf } from '../fmt/sprintf.ts';
import type { RangeNode } from '../parse/nodes.ts';
import { assignedIn, leavesRange } from '../parse/walk-nodes.ts';
import { isList, listItems } from '../value/list.ts';
import { mapEntry, sortedKeys } from '../value/map-entries.ts';
import { anyType, GoInt, GoPointer, intType } from '../value/model.ts';
import { goTypeOf } from '../value/type-of.ts';
import { runWithDot } from './branches.ts';
import type { Compiler } from './compiler.ts';
import { BREAK, type Execution, NORMAL, type Statement } from './execution.ts';
import type { Insight } from './insight.ts';
import { compilePipe } from './pipelines.ts';
import { compileParts, inTurn, type Part } from './statements.ts';

/** `{{range}}`: over something that is known, its rounds are compiled one by one. */
export function compileRange(compiler: Compiler, node: RangeNode): readonly Part[] {
  const { insight, scope } = compiler;
  const mark = scope.mark();
  const pipe = compilePipe(compiler, node.pipe);
  const slots = node.pipe.declares.map(({ names: [name = '$'] }) => scope.slotOf(name));
  const known = insight?.of(pipe);
  let parts: readonly Part[] | undefined;
  if (insight !== undefined && known?.kind === 'value') {
    parts = compileRounds(compiler, insight, node, known.value, slots);
  }
  parts ??= [compileLoop(compiler, node, pipe, slots)];
  scope.release(mark);
  return parts;
}

/** The variables of a range: of two the first is the index or key, and a single one is the item. */
function roles<Slot>(slots: readonly Slot[]): {
  readonly index: Slot | undefined;
  readonly item: Slot | undefined;
} {
  return slots.length > 1
    ? { index: slots[0], item: slots[1] }
    : { index: undefined, item: slots[0] };
}

function compileLoop(
  compiler: Compiler,
  node: RangeNode,
  pipe: (run: Execution) => unknown,
  slots: readonly (number | undefined)[],
): Statement {
  const { insight, scope } = compiler;
  const forget = () => {
    for (const slot of slots) if (slot !== undefined) insight?.setVariable(slot, undefined);
    // What one round assigns, the next one finds.
    for (const name of assignedIn(node.body)) {
      const slot = scope.slotOf(name);
      if (slot !== undefined) insight?.setVariable(slot, undefined);
    }
  };
  const compileBody = (): Statement => {
    forget();
    const inner = scope.mark();
    const compiled = inTurn(compileParts(compiler, node.body));
    scope.release(inner);
    return compiled;
  };
  const body =
    insight === undefined
      ? compileBody()
      : insight.maybe(
          () => scope.withOtherDot(() => insight.withDot(undefined, compileBody)).result,
        );
  const { otherwise } = node;
  const compileOtherwise = () =>
    otherwise === null ? undefined : inTurn(compileParts(compiler, otherwise));
  const instead = insight === undefined ? compileOtherwise() : insight.maybe(compileOtherwise);
  const { index: indexSlot, item: itemSlot } = roles(slots);

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
    if (count === 0 && instead !== undefined) return instead(run);
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

/** The rounds of a range over a known list or map; undefined when they must be left to the run. */
function compileRounds(
  compiler: Compiler,
  insight: Insight,
  node: RangeNode,
  piped: unknown,
  slots: readonly (number | undefined)[],
): readonly Part[] | undefined {
  const value = piped instanceof GoPointer && piped.target !== null ? piped.target : piped;
  if (leavesRange(node.body) || !(isList(value) || isMapValue(value))) return undefined;
  const rounds: { readonly key: unknown; readonly item: unknown }[] = [];
  iterate(insight.ground.trial, value, slots.length, (key, item) => {
    rounds.push({ key, item });
    return true;
  });
  if (!insight.spend(node.body, rounds.length)) return undefined;
  if (rounds.length === 0) {
    return node.otherwise === null ? [] : compileParts(compiler, node.otherwise);
  }
  const { index, item: itemSlot } = roles(slots);
  const isAny = goTypeOf(value)?.elem === anyType;
  return rounds.flatMap(({ key, item }): readonly Part[] => {
    if (index !== undefined) insight.setVariable(index, { kind: 'value', value: key });
    const known = { kind: 'value', value: item } as const;
    if (itemSlot !== undefined) insight.setVariable(itemSlot, known);
    const inner = compiler.scope.mark();
    const { result: parts, isRead } = compiler.scope.withOtherDot(() =>
      insight.withDot(known, () => compileParts(compiler, node.body)),
    );
    compiler.scope.release(inner);
    const { isNeverRead } = insight.ground;
    if (!isRead && [index, itemSlot].every((slot) => slot === undefined || isNeverRead(slot))) {
      return parts;
    }
    const body = inTurn(parts);
    return [
      (run) => {
        run.step();
        if (index !== undefined) run.variables[index] = key;
        if (itemSlot !== undefined) run.variables[itemSlot] = item;
        return runWithDot(run, item, body, isAny);
      },
    ];
  });
}
