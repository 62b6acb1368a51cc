import { builtins } from './builtins/builtins.ts';
import { compileTemplate } from './compile/compile-template.ts';
import { type CompiledTemplate, Execution, type ExecutionLimits } from './compile/execution.ts';
import type { MissingKey } from './compile/fields.ts';
import type { ParsedTemplate } from './parse/nodes.ts';
import { addTemplates, parseTemplateText } from './parse/template-set.ts';
import type { FunctionMap } from './value/model.ts';
import { fromBytes, toBytes } from './value/utf8.ts';

/** How a template is parsed and run. */
export interface TemplateOptions {
  /** Functions beside the language's own, which they hide. */
  readonly functions?: FunctionMap;
  /** What a map gives for a key that it does not have; `default` prints `<no value>`. */
  readonly missingKey?: MissingKey;
  /** Texts that are parsed into the same set before the main one, in this order. */
  readonly extraTemplates?: readonly { readonly name: string; readonly text: string }[];
  /** Bounds; what is left out keeps its default. */
  readonly limits?: Partial<ExecutionLimits>;
}

/** A template that was parsed and compiled; it can run any number of times. */
export interface Template {
  readonly name: string;
  /** The names of all templates in the set: this one, its defines and blocks, and extra ones. */
  readonly templates: readonly string[];
  /**
   * Runs the template.
   *
   * @param data the dot: a template value, or plain JSON (whose numbers are float64)
   * @returns the whole output
   * @throws TemplateExecError with Go's message; nothing else
   */
  execute(data: unknown): string;
}

/**
 * Bounds that no sensible template reaches: 16 Mi characters of output, ten million steps, and as many
 * levels of `{{template}}` as fit on the stack with room to spare.
 */
const defaultLimits: ExecutionLimits = {
  maxOutput: 16 * 1024 * 1024,
  maxSteps: 10_000_000,
  maxDepth: 1000,
};

/**
 * Parses and compiles a template.
 *
 * @param name what errors call it
 * @throws TemplateParseError with Go's message
 * @example
 * const greeting = parseTemplate('greeting', 'Hello {{ .name | printf "%q" }}');
 * greeting.execute({ name: 'you' }); // Hello "you"
 */
export function parseTemplate(name: string, text: string, options: TemplateOptions = {}): Template {
  const functions = options.functions ?? {};
  const known = {
    hasFunction: (wanted: string) =>
      Object.hasOwn(functions, wanted) || Object.hasOwn(builtins, wanted),
  };
  const parsed = new Map<string, ParsedTemplate>();
  for (const extra of options.extraTemplates ?? []) {
    addTemplates(parsed, parseTemplateText(extra.name, extra.text, known));
  }
  addTemplates(parsed, parseTemplateText(name, text, known));

  const set = new Map<string, CompiledTemplate>();
  for (const [key, template] of parsed) {
    set.set(key, compileTemplate(template, functions, options.missingKey ?? 'default'));
  }
  const limits = { ...defaultLimits, ...options.limits };
  return new CompiledSet(name, set, limits);
}

class CompiledSet implements Template {
  readonly name: string;
  readonly #set: ReadonlyMap<string, CompiledTemplate>;
  readonly #limits: ExecutionLimits;

  constructor(name: string, set: ReadonlyMap<string, CompiledTemplate>, limits: ExecutionLimits) {
    this.name = name;
    this.#set = set;
    this.#limits = limits;
  }

  get templates(): readonly string[] {
    return [...this.#set.keys()];
  }

  execute(data: unknown): string {
    const main = this.#set.get(this.name);
    if (main === undefined) return '';
    const run = new Execution(main, this.#set, this.#limits, data ?? undefined);
    try {
      main.body(run);
    } catch (error) {
      // Deep nesting inside deep recursion can end the stack before the limit is reached.
      if (error instanceof RangeError) {
        throw run.fail('exceeded maximum template depth (100000)', error);
      }
      throw error;
    }
    // Bytes of a character that was cut in two may stand side by side again.
    return run.out.isWellFormed() ? run.out : fromBytes(toBytes(run.out));
  }
}
