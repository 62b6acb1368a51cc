/**
 * What a template refers to, found out without running it: branches that no pod takes count as well.
 * Exports: {@link templateFacts}, {@link TemplateFacts}, {@link Reference}.
 */
import { builtins } from '../gotemplate/builtins/builtins.ts';
import type { FunctionMap } from '../gotemplate/index.ts';
import type { ListNode, ParsedTemplate, StatementNode } from '../gotemplate/parse/nodes.ts';
import { parseTemplateText } from '../gotemplate/parse/template-set.ts';
import { type Known, keyOf, unknown } from './abstract-value.ts';
import { dataType } from './data-type.ts';
import { elementOf, evaluate, type Scope } from './evaluate-known.ts';

/** Something that a template names, and where. */
export interface Reference {
  /** A path of names, or one name. */
  readonly path: readonly string[];
  /** Byte offset in the template's text. */
  readonly offset: number;
}

/** What a template refers to. */
export interface TemplateFacts {
  /** Members of `.Values`, as deep as they are named. */
  readonly values: readonly Reference[];
  /** Names of annotations and labels. */
  readonly annotations: readonly Reference[];
  readonly labels: readonly Reference[];
  /** Fields that the value before them does not have: the last name of the path, after its type. */
  readonly unknownFields: readonly Reference[];
  /** Templates that are invoked but not defined. */
  readonly undefinedTemplates: readonly Reference[];
  /** Names of the defined templates that are never invoked. */
  readonly unusedTemplates: readonly string[];
}

/** How many different ways of invoking named templates are followed, and how deep. */
const mostInvocations = 2000;
const deepestInvocation = 20;

/**
 * Reads a template.
 *
 * @param functions what it can call
 * @throws TemplateParseError
 */
export function templateFacts(name: string, text: string, functions: FunctionMap): TemplateFacts {
  const known = { ...builtins, ...functions };
  const set = parseTemplateText(name, text, {
    hasFunction: (wanted) => Object.hasOwn(known, wanted),
  });
  const facts = new Facts();
  const main = set.get(name);
  const seen = new Set<string>();
  if (main !== undefined) {
    const dot: Known = { kind: 'typed', type: dataType() };
    new Walk(set, known, facts, seen).template(main, dot);
  }
  const invoked = new Set([...seen].map((key) => key.split('\n', 1)[0]));
  return {
    ...facts.found(),
    unusedTemplates: [...set.keys()].filter((other) => other !== name && !invoked.has(other)),
  };
}

/** Collects references, each place once. */
class Facts {
  readonly #found = {
    values: new Map<string, Reference>(),
    annotations: new Map<string, Reference>(),
    labels: new Map<string, Reference>(),
    unknownFields: new Map<string, Reference>(),
    undefinedTemplates: new Map<string, Reference>(),
  };

  add(kind: keyof TemplateFacts, path: readonly string[], offset: number): void {
    if (kind !== 'unusedTemplates') {
      this.#found[kind].set(`${offset} ${path.join('\n')}`, { path, offset });
    }
  }

  found(): Omit<TemplateFacts, 'unusedTemplates'> {
    const { values, annotations, labels, unknownFields, undefinedTemplates } = this.#found;
    return {
      values: [...values.values()],
      annotations: [...annotations.values()],
      labels: [...labels.values()],
      unknownFields: [...unknownFields.values()],
      undefinedTemplates: [...undefinedTemplates.values()],
    };
  }
}

/** Goes through templates, each invocation with another argument once. */
class Walk {
  readonly #set: ReadonlyMap<string, ParsedTemplate>;
  readonly #functions: FunctionMap;
  readonly #facts: Facts;
  readonly #seen: Set<string>;
  #depth = 0;

  constructor(
    set: ReadonlyMap<string, ParsedTemplate>,
    functions: FunctionMap,
    facts: Facts,
    seen: Set<string>,
  ) {
    this.#set = set;
    this.#functions = functions;
    this.#facts = facts;
    this.#seen = seen;
  }

  template(template: ParsedTemplate, dot: Known): void {
    this.#list(template.root, {
      dot,
      variables: new Map([['$', dot]]),
      functions: this.#functions,
      facts: this.#facts,
    });
  }

  #list(list: ListNode | null, scope: Scope): void {
    if (list === null) return;
    for (const node of list.nodes) this.#statement(node, scope);
  }

  #statement(node: StatementNode, scope: Scope): void {
    switch (node.kind) {
      case 'action':
        evaluate(node.pipe, scope);
        return;
      case 'if':
      case 'with':
      case 'range': {
        // Variables of the head live in the branches, assignments to outer ones beyond them.
        const inner: Scope = { ...scope, variables: new Map(scope.variables) };
        const value = evaluate(node.pipe, inner);
        if (node.kind === 'range') {
          const element = elementOf(value);
          const [first, second] = node.pipe.declares.map(({ names: [name = '$'] }) => name);
          if (first !== undefined) inner.variables.set(first, second ? unknown : element);
          if (second !== undefined) inner.variables.set(second, element);
          this.#list(node.body, { ...inner, dot: element });
        } else {
          this.#list(node.body, node.kind === 'with' ? { ...inner, dot: value } : inner);
        }
        this.#list(node.otherwise, { ...inner, variables: new Map(inner.variables) });
        for (const name of scope.variables.keys()) {
          scope.variables.set(name, inner.variables.get(name) ?? unknown);
        }
        return;
      }
      case 'template': {
        const argument = node.pipe === null ? unknown : evaluate(node.pipe, scope);
        const called = this.#set.get(node.name);
        if (called === undefined) {
          this.#facts.add('undefinedTemplates', [node.name], node.pos);
          return;
        }
        const key = `${node.name}\n${keyOf(argument)}`;
        if (this.#seen.has(key) || this.#seen.size > mostInvocations) return;
        this.#seen.add(key);
        if (this.#depth >= deepestInvocation) return;
        this.#depth++;
        this.template(called, argument);
        this.#depth--;
        return;
      }
      default:
    }
  }
}
