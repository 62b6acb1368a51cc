import type { ListNode, ParsedTemplate, PipeNode } from '../parse/nodes.ts';
import type { Execution } from './execution.ts';
import type { MapChanges } from './map-changes.ts';

/** What is known of a value before the template runs: all of it, or some of its fields or entries. */
export type Knowledge =
  | { readonly kind: 'value'; readonly value: unknown }
  | {
      readonly kind: 'members';
      readonly members: ReadonlyMap<string, Knowledge>;
      /** It is the data that the whole template is run on. */
      readonly isRoot?: true;
      /** The value as it would be if the maps in it were empty of which not all is known. */
      readonly emptied?: unknown;
    }
  | {
      readonly kind: 'map';
      /** True for a key that is known not to be there. */
      readonly lacks: (key: string) => boolean;
      readonly emptied: unknown;
    };

/** A map in the data that lacks some entries, for all data that a variant is run on. */
export interface SparseMap {
  /** The fields that lead to it, and for each of them what it gives where the map is empty. */
  readonly path: readonly { readonly field: string; readonly emptied: unknown }[];
  /** True for a key that is not there. Asked for those only that the template looks up by name. */
  readonly lacks: (key: string) => boolean;
}

/** What is known of the field that the path begins with. */
export function knowledgeOfSparse({ path: [first, ...rest], lacks }: SparseMap): Knowledge {
  const emptied = first?.emptied;
  const [next] = rest;
  if (next === undefined) return { kind: 'map', lacks, emptied };
  const members = new Map([[next.field, knowledgeOfSparse({ path: rest, lacks })]]);
  return { kind: 'members', members, emptied };
}

/** What all bodies have in common that are compiled for one variant of a template. */
export interface Ground {
  readonly set: ReadonlyMap<string, ParsedTemplate>;
  /** An execution to try things in; its state means nothing. */
  readonly trial: Execution;
  readonly changes: MapChanges;
  readonly notes: WeakMap<object, Knowledge>;
  /** Closures that do nothing but give a value. */
  readonly constants: WeakSet<object>;
  /** True for a variable that nothing reads when the template runs, as far as that is known by now. */
  readonly isNeverRead: (slot: number) => boolean;
  /** Chains on the root, by their names: each is worked out once a run. */
  readonly chains: Map<string, number>;
  /** Nodes that may still be compiled: invoked templates and rounds of a range are copied in. */
  nodesLeft: number;
}

/** Invoked templates are copied into each other up to this depth. */
const mostLevels = 16;

/**
 * What is known while a body is compiled for data of which some fields are known: of the dot, of variables,
 * of what closures give. A closure that only depends on what is known is run at once, and its value takes
 * its place.
 *
 * It need not mind how errors are worded: a variant that fails leaves the pod to the template itself.
 */
export class Insight {
  readonly ground: Ground;
  dot: Knowledge | undefined;
  #level = 0;
  /** By slot. */
  #variables: (Knowledge | undefined)[];

  constructor(ground: Ground, dot: Knowledge | undefined) {
    this.ground = ground;
    this.dot = dot;
    this.#variables = [dot];
  }

  /** What a closure gives. */
  of(closure: object): Knowledge | undefined {
    return this.ground.notes.get(closure);
  }

  /** Takes note of what a closure gives. */
  note<Closure extends object>(closure: Closure, knowledge: Knowledge | undefined): Closure {
    if (knowledge !== undefined) this.ground.notes.set(closure, knowledge);
    return closure;
  }

  /** A closure that gives the value. */
  constant(knowledge: Knowledge & { kind: 'value' }): () => unknown {
    const { value } = knowledge;
    const constant = () => value;
    this.ground.constants.add(constant);
    return this.note(constant, knowledge);
  }

  /** True for a closure that does nothing but give a value. */
  isConstant(closure: object): boolean {
    return this.ground.constants.has(closure);
  }

  /** Runs a closure that depends on nothing but what is known; the closure itself when that fails. */
  settle<Closure extends object>(
    closure: Closure,
    run: (trial: Execution) => unknown,
  ): Closure | (() => unknown) {
    let value: unknown;
    try {
      value = run(this.ground.trial);
    } catch {
      return closure;
    }
    return this.constant({ kind: 'value', value: freezeMap(value) });
  }

  variable(slot: number): Knowledge | undefined {
    return this.#variables[slot];
  }

  setVariable(slot: number, knowledge: Knowledge | undefined): void {
    this.#variables[slot] = knowledge;
  }

  /** True for a pipeline that makes a map which is changed later: it must be made anew in each run. */
  makesChanging({ declares }: PipeNode): boolean {
    return declares.some(({ names: [name = '$'] }) => this.ground.changes.variables.has(name));
  }

  /** Compiles what may run or not: afterwards only what both ways agree on is known. */
  maybe<Result>(compile: () => Result): Result {
    const before = [...this.#variables];
    const result = compile();
    this.#variables = this.#variables.map((knowledge, slot) =>
      slot >= before.length || before[slot] === knowledge ? knowledge : undefined,
    );
    return result;
  }

  /** Compiles one of two ways, then the other, which starts out from the same knowledge. */
  either<First, Second>(first: () => First, second: () => Second): [First, Second] {
    const before = [...this.#variables];
    const one = first();
    const after = this.#variables;
    this.#variables = [...before];
    const other = second();
    this.#variables = this.#variables.map((knowledge, slot) =>
      slot >= before.length || after[slot] === knowledge ? knowledge : undefined,
    );
    return [one, other];
  }

  /** Compiles something in which the dot is another one. */
  withDot<Result>(dot: Knowledge | undefined, compile: () => Result): Result {
    const outer = this.dot;
    this.dot = dot;
    const result = compile();
    this.dot = outer;
    return result;
  }

  /** Compiles the body of a template that is invoked here; undefined when that would lead too far. */
  inside<Result>(dot: Knowledge | undefined, compile: () => Result): Result | undefined {
    if (this.#level >= mostLevels) return undefined;
    this.#level++;
    const result = this.withDot(dot, compile);
    this.#level--;
    return result;
  }

  /** Number of the place where a run keeps the value of a chain on the root. */
  chainOnRoot(names: readonly string[]): number {
    const { chains } = this.ground;
    const key = names.join('.');
    const known = chains.get(key);
    if (known !== undefined) return known;
    chains.set(key, chains.size);
    return chains.size - 1;
  }

  /** Counts the nodes of a body that is compiled once more; false when there are too many of them. */
  spend(list: ListNode, times = 1): boolean {
    const cost = times * countNodes(list);
    if (cost > this.ground.nodesLeft) return false;
    this.ground.nodesLeft -= cost;
    return true;
  }
}

/** All runs share what is worked out ahead: a function that would change it finds it frozen, and fails. */
function freezeMap(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (value instanceof Map) for (const member of value.values()) freezeMap(member);
  else if (Array.isArray(value) || prototype === Object.prototype || prototype === null) {
    for (const member of Object.values(value)) freezeMap(member);
  } else return value;
  return Object.freeze(value);
}

function countNodes(list: ListNode): number {
  let count = 0;
  for (const node of list.nodes) {
    count++;
    if (node.kind !== 'if' && node.kind !== 'with' && node.kind !== 'range') continue;
    count += countNodes(node.body) + (node.otherwise === null ? 0 : countNodes(node.otherwise));
  }
  return count;
}
