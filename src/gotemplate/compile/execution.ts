import { TemplateExecError } from '../errors.ts';
import type { NodeBase, OperandNode, ParsedTemplate, StatementNode } from '../parse/nodes.ts';
import { positionOf } from '../parse/position.ts';
import { printNode } from '../parse/print-node.ts';

/** Bounds that keep a template from exhausting its host. */
export interface ExecutionLimits {
  /** Characters of output. */
  readonly maxOutput: number;
  /** Statements, iterations and calls. */
  readonly maxSteps: number;
  /** Levels of `{{template}}`. */
  readonly maxDepth: number;
}

/** A statement's closure: runs, and tells how it ended. */
export type Statement = (run: Execution) => Ending;

/** How a statement ended: normally, by break or by continue. */
export type Ending = 0 | 1 | 2;
export const NORMAL: Ending = 0;
export const BREAK: Ending = 1;
export const CONTINUE: Ending = 2;

/** An operand's or pipeline's closure: gives its value. */
export type Operation = (run: Execution) => unknown;

/** A template whose body has been compiled. */
export interface CompiledTemplate {
  readonly parsed: ParsedTemplate;
  readonly body: Statement;
  /** Number of variable slots; slot 0 is `$`. */
  readonly slots: number;
}

/** A text that a template writes as it stands, one object for each place in the template. */
export class FixedText {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Takes the output piece by piece, to tell what the template says by itself from what it got out of the data. */
export interface TemplateOutput {
  fixed(piece: FixedText): void;
  /** @param quoted a function that puts its argument in double quotes gave the text */
  written(text: string, quoted: boolean): void;
}

/** The state of one execution. */
export class Execution {
  /** The node that an error would name; set as Go sets it, and never restored within a template. */
  node: NodeBase;
  template: CompiledTemplate;
  readonly set: ReadonlyMap<string, CompiledTemplate>;
  readonly limits: ExecutionLimits;
  /** What was written, unless `output` takes it. */
  out = '';
  readonly output: TemplateOutput | undefined;
  #roomLeft: number;
  /** What the template is run on. */
  readonly root: unknown;
  dot: unknown;
  /** The dot has the static type `interface {}` (an element of a list or map of anything). */
  dotIsAny = false;
  variables: unknown[];
  /** Values of chains on the root, in variants that keep them. */
  readonly chains: unknown[] = [];
  /** The dots around a copied body, each with its `dotIsAny`. */
  readonly outerDots: unknown[] = [];
  /** The same for variables, by slot; only `range` sets it. */
  variableIsAny: boolean[] = [];
  depth = 0;
  stepsLeft: number;

  constructor(
    template: CompiledTemplate,
    set: ReadonlyMap<string, CompiledTemplate>,
    limits: ExecutionLimits,
    data: unknown,
    output?: TemplateOutput,
  ) {
    this.template = template;
    this.set = set;
    this.limits = limits;
    this.node = template.parsed.root;
    this.root = data;
    this.dot = data;
    this.variables = new Array<unknown>(template.slots);
    this.variables[0] = data;
    this.stepsLeft = limits.maxSteps;
    this.output = output;
    this.#roomLeft = limits.maxOutput;
  }

  /** The error of Go's `state.errorf`: says where, and at which node. */
  fail(reason: string, cause?: unknown): TemplateExecError {
    const { parsed } = this.template;
    const { line, column } = positionOf(parsed.text, this.node.pos);
    return new TemplateExecError(
      {
        templateName: parsed.parseName,
        line,
        column,
        running: parsed.name,
        context: printNode(this.node as StatementNode | OperandNode),
      },
      reason,
      cause === undefined ? undefined : { cause },
    );
  }

  /** Writes what an action gave. */
  write(text: string, quoted: boolean): void {
    this.#take(text.length);
    if (this.output === undefined) this.out += text;
    else this.output.written(text, quoted);
  }

  /** Writes text of the template itself. */
  writeFixed(piece: FixedText): void {
    this.#take(piece.text.length);
    if (this.output === undefined) this.out += piece.text;
    else this.output.fixed(piece);
  }

  #take(length: number): void {
    this.#roomLeft -= length;
    if (this.#roomLeft < 0) {
      throw this.fail(`output is longer than ${this.limits.maxOutput} characters`);
    }
  }

  /** Counts a step; a template that takes too many is stopped. */
  step(): void {
    if (--this.stepsLeft < 0)
      throw this.fail(`template takes more than ${this.limits.maxSteps} steps`);
  }
}
