/**
 * The syntax tree of a template, in the shape of Go's text/template/parse. Every node knows its byte offset
 * in the source; line and column are only worked out when an error is written.
 */

/** Where a node stands: byte offset from the start of the text it was parsed from. */
export interface NodeBase {
  readonly pos: number;
}

/** What stands between the delimiters' sides: a body of text and actions. */
export interface ListNode extends NodeBase {
  readonly kind: 'list';
  readonly nodes: readonly StatementNode[];
}

export type StatementNode =
  | TextNode
  | ActionNode
  | IfNode
  | WithNode
  | RangeNode
  | TemplateNode
  | BreakNode
  | ContinueNode;

export interface TextNode extends NodeBase {
  readonly kind: 'text';
  readonly text: string;
}

/** `{{pipeline}}`; prints unless the pipeline declares or assigns. */
export interface ActionNode extends NodeBase {
  readonly kind: 'action';
  readonly pipe: PipeNode;
}

interface BranchNode extends NodeBase {
  readonly pipe: PipeNode;
  readonly body: ListNode;
  /** Null without `{{else}}`; `{{else if}}` and `{{else with}}` nest a branch in here. */
  readonly otherwise: ListNode | null;
}
export interface IfNode extends BranchNode {
  readonly kind: 'if';
}
export interface WithNode extends BranchNode {
  readonly kind: 'with';
}
export interface RangeNode extends BranchNode {
  readonly kind: 'range';
}
export interface BreakNode extends NodeBase {
  readonly kind: 'break';
}
export interface ContinueNode extends NodeBase {
  readonly kind: 'continue';
}

/** `{{template "name" pipeline}}`, also what `{{block}}` becomes. */
export interface TemplateNode extends NodeBase {
  readonly kind: 'template';
  readonly name: string;
  readonly pipe: PipeNode | null;
}

/** Commands joined by `|`, with the variables that they set. */
export interface PipeNode extends NodeBase {
  readonly kind: 'pipe';
  /** True for `=`, false for `:=`. Meaningless without variables. */
  readonly isAssign: boolean;
  readonly declares: readonly VariableNode[];
  readonly commands: readonly CommandNode[];
}

export interface CommandNode extends NodeBase {
  readonly kind: 'command';
  readonly args: readonly OperandNode[];
}

export type OperandNode =
  | PipeNode
  | DotNode
  | NilNode
  | BoolNode
  | StringNode
  | NumberNode
  | FieldNode
  | VariableNode
  | IdentifierNode
  | ChainNode;

export interface DotNode extends NodeBase {
  readonly kind: 'dot';
}
export interface NilNode extends NodeBase {
  readonly kind: 'nil';
}
export interface BoolNode extends NodeBase {
  readonly kind: 'bool';
  readonly value: boolean;
}
export interface StringNode extends NodeBase {
  readonly kind: 'string';
  /** As written, with its quotes. */
  readonly source: string;
  readonly value: string;
}

/** A number literal and every Go kind that it fits. */
export interface NumberNode extends NodeBase {
  readonly kind: 'number';
  /** As written. */
  readonly source: string;
  readonly asInt: bigint | null;
  readonly asUint: bigint | null;
  readonly asFloat: number | null;
  /** Set for imaginary literals only. */
  readonly asComplex: { readonly re: number; readonly im: number } | null;
  /** A character constant such as `'a'`: its ideal type is int. */
  readonly isChar: boolean;
}

/** `.a.b.c` */
export interface FieldNode extends NodeBase {
  readonly kind: 'field';
  readonly names: readonly string[];
}

/** `$x.a.b`; `names[0]` is the variable with its dollar sign. */
export interface VariableNode extends NodeBase {
  readonly kind: 'variable';
  readonly names: readonly string[];
}

/** The name of a function. */
export interface IdentifierNode extends NodeBase {
  readonly kind: 'identifier';
  readonly name: string;
}

/** `(pipeline).a.b` */
export interface ChainNode extends NodeBase {
  readonly kind: 'chain';
  readonly operand: OperandNode;
  readonly names: readonly string[];
}

/** A named template: the text it was parsed from, for error positions, and its body. */
export interface ParsedTemplate {
  readonly name: string;
  /** Top-level name under which it was parsed (`template: PARSENAME:LINE`). */
  readonly parseName: string;
  readonly text: string;
  readonly root: ListNode;
}
