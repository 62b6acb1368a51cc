import type { NodeBase } from '../parse/nodes.ts';
import type { Compiler } from './compiler.ts';
import type { Operation } from './execution.ts';

/**
 * An operation that makes a node the one that an error would name. A variant goes without: where it fails, the
 * template itself is run to tell what went wrong.
 */
export function atNode(compiler: Compiler, node: NodeBase, operation: Operation): Operation {
  if (compiler.insight !== undefined) return operation;
  return (run) => {
    run.node = node;
    return operation(run);
  };
}
