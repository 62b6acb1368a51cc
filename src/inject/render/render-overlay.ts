/** Exports: {@link renderOverlay}. */
import type { PreparedOverlay } from '../../merge/index.ts';
import type { CompiledTemplate } from '../config/compile-templates.ts';
import { Refusal } from '../refusal.ts';
import { subjectOf } from '../trust/subject.ts';
import type { OverlayReader } from './overlay-reader.ts';

/**
 * Runs the template of that name and reads the overlay it makes. Throws a {@link Refusal} that names the
 * template: there is none, it failed, or what it made is not YAML.
 *
 * @param culpritOf tells which text of the pod kept the outcome from being YAML, if any did
 */
export function renderOverlay(
  name: string,
  templates: ReadonlyMap<string, CompiledTemplate>,
  data: unknown,
  read: OverlayReader,
  culpritOf: (template: CompiledTemplate) => string | undefined = () => undefined,
): PreparedOverlay {
  const template = templates.get(name);
  if (template === undefined) {
    // Upstream lists them in random order.
    const known = [...templates.keys()].sort().join(', ');
    throw new Refusal(`requested template "${name}" not found; have ${known}`, name);
  }
  const rendered = execute(name, template, data);
  try {
    return read(rendered);
  } catch (cause) {
    throw notYaml(name, cause, culpritOf(template));
  }
}

function execute(name: string, template: CompiledTemplate, data: unknown): string {
  try {
    return template.execute(data);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Refusal(`${reason} (template ${name})`, name, cause);
  }
}

function notYaml(name: string, cause: unknown, culprit: string | undefined): Refusal {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const blame = culprit === undefined ? '' : `; what is wrong is the text of ${culprit}`;
  return new Refusal(
    `failed applying injection overlay: strategic merge: invalid JSON document: template ${name} does not render to YAML: ${reason}${blame}`,
    culprit === undefined ? name : subjectOf(culprit),
    cause,
  );
}
