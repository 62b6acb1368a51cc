import type { ParsedTemplate } from '../parse/nodes.ts';
import type { Compiler } from './compiler.ts';
import type { CompiledTemplate } from './execution.ts';
import type { Insight } from './insight.ts';
import { Scope } from './scope.ts';
import { compileParts, inTurn } from './statements.ts';

/** Compiles a parsed template into closures. */
export function compileTemplate(
  parsed: ParsedTemplate,
  compiler: Omit<Compiler, 'scope'>,
): CompiledTemplate {
  return compileWithin(new Scope(), parsed, compiler);
}

/**
 * Compiles a template for data of which something is known. What the first attempt leaves to the run tells
 * which variables need not be set, and the second one does without them.
 *
 * @param insightFor gets whether a variable is known never to be read when the template runs
 */
export function compileVariant(
  parsed: ParsedTemplate,
  compiler: Omit<Compiler, 'scope' | 'insight'>,
  insightFor: (isNeverRead: (slot: number) => boolean) => Insight,
): CompiledTemplate {
  const first = new Scope();
  compileWithin(first, parsed, { ...compiler, insight: insightFor(() => false) });
  const insight = insightFor((slot) => !first.isRead(slot));
  return compileWithin(new Scope(), parsed, { ...compiler, insight });
}

function compileWithin(
  scope: Scope,
  parsed: ParsedTemplate,
  compiler: Omit<Compiler, 'scope'>,
): CompiledTemplate {
  const body = inTurn(compileParts({ ...compiler, scope }, parsed.root));
  return { parsed, body, slots: scope.slotCount };
}
