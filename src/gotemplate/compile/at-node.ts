import type { NodeBase } from '../parse/nodes.ts';
import type { Command } from './chains.ts';
import type { Compiler } from './compiler.ts';

/**
 * A command or operation that makes a node the one that an error would name. A variant goes without: where it fails,
 * the template itself is run to tell what went wrong.
 */
export function atNode({ insight }: Compiler, node: NodeBase, command: Command): Command {
  if (insight !== undefined) return command;
  return (run, final) => {
    run.node = node;
    return command(run, final);
  };
}
