import type { ParsedTemplate } from '../parse/nodes.ts';
import type { Compiler } from './compiler.ts';
import type { CompiledTemplate } from './execution.ts';
import { Scope } from './scope.ts';
import { compileParts, inTurn } from './statements.ts';

/** Compiles a parsed template into closures. */
export function compileTemplate(
  parsed: ParsedTemplate,
  compiler: Omit<Compiler, 'scope'>,
): CompiledTemplate {
  const scope = new Scope();
  const body = inTurn(compileParts({ ...compiler, scope }, parsed.root));
  return { parsed, body, slots: scope.slotCount };
}
