import { goQuote } from '../fmt/go-quote.ts';
import type { CommandNode, ListNode, OperandNode, PipeNode, StatementNode } from './nodes.ts';

/** Everything that can be written back. */
export type PrintableNode = ListNode | StatementNode | CommandNode | OperandNode;

/**
 * A node written back as source in Go's normal form (`Node.String`), as error messages show it.
 * Literals stand as they were written, trim markers and comments are gone.
 */
export function printNode(node: PrintableNode): string {
  switch (node.kind) {
    case 'list':
      return node.nodes.map(printNode).join('');
    case 'text':
      return node.text;
    case 'action':
      return `{{${printPipe(node.pipe)}}}`;
    case 'if':
    case 'with':
    case 'range': {
      const otherwise = node.otherwise === null ? '' : `{{else}}${printNode(node.otherwise)}`;
      return `{{${node.kind} ${printPipe(node.pipe)}}}${printNode(node.body)}${otherwise}{{end}}`;
    }
    case 'break':
    case 'continue':
      return `{{${node.kind}}}`;
    case 'template': {
      const pipe = node.pipe === null ? '' : ` ${printPipe(node.pipe)}`;
      return `{{template ${goQuote(node.name)}${pipe}}}`;
    }
    case 'pipe':
      return printPipe(node);
    case 'command':
      return node.args.map(printArgument).join(' ');
    default:
      return printOperand(node);
  }
}

function printPipe(pipe: PipeNode): string {
  const commands = pipe.commands.map(printNode).join(' | ');
  if (pipe.declares.length === 0) return commands;
  const variables = pipe.declares.map(printNode).join(', ');
  return `${variables} ${pipe.isAssign ? '=' : ':='} ${commands}`;
}

function printArgument(node: OperandNode): string {
  return node.kind === 'pipe' ? `(${printPipe(node)})` : printOperand(node);
}

function printOperand(node: Exclude<OperandNode, PipeNode>): string {
  switch (node.kind) {
    case 'dot':
      return '.';
    case 'nil':
      return 'nil';
    case 'bool':
      return String(node.value);
    case 'string':
    case 'number':
      return node.source;
    case 'field':
      return `.${node.names.join('.')}`;
    case 'variable':
      return node.names.join('.');
    case 'identifier':
      return node.name;
    case 'chain':
      return `${printArgument(node.operand)}.${node.names.join('.')}`;
  }
}
