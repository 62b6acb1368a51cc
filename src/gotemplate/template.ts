import { builtins } from './builtins/builtins.ts';
import { compileTemplate, compileVariant } from './compile/compile-template.ts';
import {
  type CompiledTemplate,
  Execution,
  type ExecutionLimits,
  type TemplateOutput,
} from './compile/execution.ts';
import type { MissingKey } from './compile/fields.ts';
import { Insight, type Knowledge, knowledgeOfSparse, type SparseMap } from './compile/insight.ts';
import { mapChanges } from './compile/map-changes.ts';
import { callsVarying } from './compile/varying-calls.ts';
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
  /** What {@link parseTemplateTree} gave for this very name and text, with these functions. */
  readonly tree?: TemplateTree | undefined;
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
  /** Runs the template and hands over the output piece by piece. Throws as {@link execute} does. */
  record(data: unknown, output: TemplateOutput): void;
  /**
   * A variant for data of which some fields are known: what depends on them alone is worked out here, once.
   * It gives the same output, but words errors differently and may count fewer steps against its limits:
   * where it fails, run the template itself.
   *
   * @param known values of fields of the dot; the variant may only be run on data that has these very values.
   *   Maps among them must be frozen
   * @param sparse maps that lack certain entries in all data that the variant is run on
   */
  specialise(known: ReadonlyMap<string, unknown>, sparse?: readonly SparseMap[]): Template;
  /** Equal data gives equal output: no function depends on the clock or on chance, or changes shared data. */
  isPure(): boolean;
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

/** The templates that a text holds, by name, as they were parsed: plain data. */
export type TemplateTree = ReadonlyMap<string, ParsedTemplate>;

/**
 * Parses a template without compiling it.
 *
 * @throws TemplateParseError with Go's message
 */
export function parseTemplateTree(
  name: string,
  text: string,
  functions: FunctionMap = {},
): TemplateTree {
  return parseTemplateText(name, text, {
    hasFunction: (wanted) => Object.hasOwn(functions, wanted) || Object.hasOwn(builtins, wanted),
  });
}

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
  const parsed = new Map<string, ParsedTemplate>();
  for (const extra of options.extraTemplates ?? []) {
    addTemplates(parsed, parseTemplateTree(extra.name, extra.text, functions));
  }
  addTemplates(parsed, options.tree ?? parseTemplateTree(name, text, functions));

  const missingKey = options.missingKey ?? 'default';
  const set = new Map<string, CompiledTemplate>();
  for (const [key, template] of parsed) {
    set.set(key, compileTemplate(template, { functions, missingKey }));
  }
  const limits = { ...defaultLimits, ...options.limits };
  const main = set.get(name);
  return new CompiledSet(name, main, { set, parsed, functions, missingKey, limits });
}

/** What a template and its variants share. */
interface TemplateSet {
  readonly set: ReadonlyMap<string, CompiledTemplate>;
  readonly parsed: ReadonlyMap<string, ParsedTemplate>;
  readonly functions: FunctionMap;
  readonly missingKey: MissingKey;
  readonly limits: ExecutionLimits;
}

/** A variant may have so many nodes; ten times those of Istio's largest template. */
const mostNodes = 10_000;

class CompiledSet implements Template {
  readonly name: string;
  /** Undefined for a set whose main text only has empty definitions. */
  readonly #main: CompiledTemplate | undefined;
  readonly #shared: TemplateSet;
  #pure: boolean | undefined;

  constructor(name: string, main: CompiledTemplate | undefined, shared: TemplateSet) {
    this.name = name;
    this.#main = main;
    this.#shared = shared;
  }

  get templates(): readonly string[] {
    return [...this.#shared.set.keys()];
  }

  execute(data: unknown): string {
    const out = this.#run(data, undefined);
    // Bytes of a character that was cut in two may stand side by side again.
    return out.isWellFormed() ? out : fromBytes(toBytes(out));
  }

  record(data: unknown, output: TemplateOutput): void {
    this.#run(data, output);
  }

  specialise(known: ReadonlyMap<string, unknown>, sparse: readonly SparseMap[] = []): Template {
    const { set, parsed, functions, missingKey, limits } = this.#shared;
    const root = parsed.get(this.name);
    if (this.#main === undefined || root === undefined) return this;
    const members = new Map<string, Knowledge>();
    for (const [field, value] of known) members.set(field, { kind: 'value', value });
    for (const map of sparse) members.set(map.path[0]?.field ?? '', knowledgeOfSparse(map));
    const trial = new Execution(this.#main, set, limits, undefined);
    const changes = mapChanges(parsed, functions);
    const compiled = compileVariant(root, { functions, missingKey }, (isNeverRead) => {
      const ground = {
        set: parsed,
        trial,
        changes,
        isNeverRead,
        notes: new WeakMap<object, Knowledge>(),
        constants: new WeakSet(),
        chains: new Map<string, number>(),
        nodesLeft: mostNodes,
      };
      return new Insight(ground, { kind: 'members', members, isRoot: true });
    });
    return new CompiledSet(this.name, compiled, this.#shared);
  }

  isPure(): boolean {
    const { parsed, functions } = this.#shared;
    this.#pure ??= mapChanges(parsed, functions).onlyOwn && !callsVarying(parsed, functions);
    return this.#pure;
  }

  #run(data: unknown, output: TemplateOutput | undefined): string {
    const main = this.#main;
    if (main === undefined) return '';
    const { set, limits } = this.#shared;
    const run = new Execution(main, set, limits, data ?? undefined, output);
    try {
      main.body(run);
    } catch (error) {
      // Deep nesting inside deep recursion can end the stack before the limit is reached.
      if (error instanceof RangeError) {
        throw run.fail('exceeded maximum template depth (100000)', error);
      }
      throw error;
    }
    return run.out;
  }
}
