import type { ParsedTemplate } from '../parse/nodes.ts';
import type { FunctionMap } from '../value/model.ts';
import type { Compiler } from './compiler.ts';
import type { CompiledTemplate } from './execution.ts';
import type { MissingKey } from './fields.ts';
import { Scope } from './scope.ts';
import { compileParts, inTurn } from './statements.ts';

/** Compiles a parsed template into closures. */
export function compileTemplate(
  parsed: ParsedTemplate,
  functions: FunctionMap,
  missingKey: MissingKey,
): CompiledTemplate {
  return compileBody(parsed, { functions, missingKey }).compiled;
}

/** The same, telling besides the whole output where it is known ahead. */
export function compileBody(
  parsed: ParsedTemplate,
  compiler: Omit<Compiler, 'scope'>,
): { compiled: CompiledTemplate; text: string | undefined } {
  const scope = new Scope();
  const parts = compileParts({ ...compiler, scope }, parsed.root);
  const [only = '', ...more] = parts;
  return {
    compiled: { parsed, body: inTurn(parts), slots: scope.slotCount },
    text: typeof only === 'string' && more.length === 0 ? only : undefined,
  };
}
