import type { ParsedTemplate } from '../parse/nodes.ts';
import type { FunctionMap } from '../value/model.ts';
import type { CompiledTemplate } from './execution.ts';
import type { MissingKey } from './fields.ts';
import { Scope } from './scope.ts';
import { compileList } from './statements.ts';

/** Compiles a parsed template into closures. */
export function compileTemplate(
  parsed: ParsedTemplate,
  functions: FunctionMap,
  missingKey: MissingKey,
): CompiledTemplate {
  const scope = new Scope();
  const body = compileList({ functions, missingKey, scope }, parsed.root);
  return { parsed, body, slots: scope.slotCount };
}
