import type { OperandNode, ParsedTemplate } from '../parse/nodes.ts';
import { pipesIn } from '../parse/walk-nodes.ts';
import type { FunctionMap } from '../value/model.ts';

/** True when a template of the set calls a function whose result depends on more than its arguments. */
export function callsVarying(
  set: ReadonlyMap<string, ParsedTemplate>,
  functions: FunctionMap,
): boolean {
  const varies = (operand: OperandNode): boolean =>
    operand.kind === 'chain'
      ? varies(operand.operand)
      : operand.kind === 'identifier' &&
        Object.hasOwn(functions, operand.name) &&
        functions[operand.name]?.effect === 'varies';
  for (const { root } of set.values()) {
    for (const { commands } of pipesIn(root)) {
      if (commands.some(({ args }) => args.some(varies))) return true;
    }
  }
  return false;
}
