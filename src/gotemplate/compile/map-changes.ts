import type { CommandNode, ParsedTemplate, PipeNode } from '../parse/nodes.ts';
import { pipesIn, rangesIn } from '../parse/walk-nodes.ts';
import type { FunctionMap, GoFunction } from '../value/model.ts';

/** What functions such as `set`, which change maps in place, are used on. */
export interface MapChanges {
  /** Variables, with their dollar signs, that are handed to them. */
  readonly variables: ReadonlySet<string>;
  /** These hold nothing but maps made for them, and nothing else is changed. */
  readonly onlyOwn: boolean;
}

/** Finds out what the templates of a set may change. */
export function mapChanges(
  set: ReadonlyMap<string, ParsedTemplate>,
  functions: FunctionMap,
): MapChanges {
  const pipes = [...set.values()].flatMap(({ root }) => [...pipesIn(root)]);
  const changing = pipes
    .flatMap(({ commands }) => commands)
    .filter((command) => called(command, functions)?.effect === 'changes');
  const variables = new Set<string>();
  let onlyOwn = true;
  for (const command of changing) {
    const [, ...args] = command.args;
    for (const arg of args) if (arg.kind === 'variable') variables.add(arg.names[0] ?? '$');
    const [map] = args;
    // Functions that merge maps also change the maps inside of them.
    const merges = called(command, functions)?.variadic === true;
    onlyOwn &&= !merges && map?.kind === 'variable' && map.names.length === 1;
  }
  const ranges = new Set(
    [...set.values()].flatMap(({ root }) => [...rangesIn(root)]).map(({ pipe }) => pipe),
  );
  for (const pipe of pipes) {
    const declares = pipe.declares.some(({ names: [name = '$'] }) => variables.has(name));
    onlyOwn &&= !declares || (makesMap(pipe, functions) && !ranges.has(pipe));
  }
  return { variables, onlyOwn };
}

function called({ args: [first] }: CommandNode, functions: FunctionMap): GoFunction | undefined {
  return first?.kind === 'identifier' && Object.hasOwn(functions, first.name)
    ? functions[first.name]
    : undefined;
}

function makesMap({ commands: [command, ...more] }: PipeNode, functions: FunctionMap): boolean {
  return command !== undefined && more.length === 0 && called(command, functions)?.pairs === true;
}
