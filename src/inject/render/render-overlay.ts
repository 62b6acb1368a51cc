/** Exports: {@link findTemplate}, {@link runTemplate}, {@link readOverlay}. */
import type { PreparedOverlay } from '../../merge/index.ts';
import type { CompiledTemplate } from '../config/compile-templates.ts';
import { Refusal } from '../refusal.ts';
import { subjectOf } from '../trust/subject.ts';
import type { ReadOverlay } from './overlay-reader.ts';

/**
 * The template of that name. Throws a {@link Refusal} that names it when there is none.
 */
export function findTemplate(
  name: string,
  templates: ReadonlyMap<string, CompiledTemplate>,
): CompiledTemplate {
  const template = templates.get(name);
  if (template !== undefined) return template;
  // Upstream lists them in random order.
  const known = [...templates.keys()].sort().join(', ');
  throw new Refusal(`requested template "${name}" not found; have ${known}`, name);
}

/** Runs a template. Throws a {@link Refusal} that names it when it failed. */
export function runTemplate<Output>(name: string, run: () => Output): Output {
  try {
    return run();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Refusal(`${reason} (template ${name})`, name, cause);
  }
}

/**
 * Reads the overlay that a template has rendered. Throws a {@link Refusal} when it is not YAML.
 *
 * @param culprit tells which text of the pod is to blame for that, if any is
 */
export function readOverlay(
  name: string,
  rendered: string,
  read: ReadOverlay,
  culprit: () => string | undefined = () => undefined,
): PreparedOverlay {
  try {
    return read(rendered);
  } catch (cause) {
    throw notYaml(name, cause, culprit());
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
