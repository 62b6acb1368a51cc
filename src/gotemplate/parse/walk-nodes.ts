import type { ListNode, OperandNode, PipeNode, RangeNode, StatementNode } from './nodes.ts';

/** Every pipeline below a list of statements, those in parentheses too. */
export function* pipesIn(list: ListNode): Generator<PipeNode, void, undefined> {
  for (const node of list.nodes) yield* pipesOfStatement(node);
}

function* pipesOfStatement(node: StatementNode): Generator<PipeNode, void, undefined> {
  switch (node.kind) {
    case 'action':
      yield* pipesOfPipe(node.pipe);
      return;
    case 'template':
      if (node.pipe !== null) yield* pipesOfPipe(node.pipe);
      return;
    case 'if':
    case 'with':
    case 'range':
      yield* pipesOfPipe(node.pipe);
      yield* pipesIn(node.body);
      if (node.otherwise !== null) yield* pipesIn(node.otherwise);
      return;
    default:
      return;
  }
}

function* pipesOfPipe(pipe: PipeNode): Generator<PipeNode, void, undefined> {
  yield pipe;
  for (const { args } of pipe.commands) for (const arg of args) yield* pipesOfOperand(arg);
}

function* pipesOfOperand(node: OperandNode): Generator<PipeNode, void, undefined> {
  if (node.kind === 'pipe') yield* pipesOfPipe(node);
  else if (node.kind === 'chain') yield* pipesOfOperand(node.operand);
}

/** Every range below a list of statements. */
export function* rangesIn(list: ListNode): Generator<RangeNode, void, undefined> {
  for (const node of list.nodes) {
    if (node.kind !== 'if' && node.kind !== 'with' && node.kind !== 'range') continue;
    if (node.kind === 'range') yield node;
    yield* rangesIn(node.body);
    if (node.otherwise !== null) yield* rangesIn(node.otherwise);
  }
}

/** True when a break or continue in the list would end the range around it. */
export function leavesRange(list: ListNode): boolean {
  return list.nodes.some((node) => {
    switch (node.kind) {
      case 'break':
      case 'continue':
        return true;
      case 'if':
      case 'with':
        return leavesRange(node.body) || (node.otherwise !== null && leavesRange(node.otherwise));
      case 'range':
        // The range's own body ends the inner range; what runs instead of it does not.
        return node.otherwise !== null && leavesRange(node.otherwise);
      default:
        return false;
    }
  });
}

/** Names of the variables, with their dollar signs, that are assigned (not declared) below the list. */
export function assignedIn(list: ListNode): Set<string> {
  const names = new Set<string>();
  for (const { isAssign, declares } of pipesIn(list)) {
    if (isAssign)
      for (const {
        names: [name = '$'],
      } of declares)
        names.add(name);
  }
  return names;
}
