/** Ports and lists of them. Exports: {@link portProblem}, {@link portListProblem}. */
import { goTrim } from './go-trim.ts';
import { parseUint } from './parse-uint.ts';

/** What is wrong with a port (0 to 65535, blanks around it allowed), undefined when nothing is. */
export function portProblem(text: string): string | undefined {
  const port = parseUint(goTrim(text), 16);
  return 'problem' in port ? `failed parsing port '${text}': ${port.problem}` : undefined;
}

/** The same for a comma-separated list; an empty one is fine, an empty item is not. */
export function portListProblem(text: string): string | undefined {
  const list = goTrim(text);
  if (list === '') return undefined;
  for (const item of list.split(',')) {
    const problem = portProblem(item);
    // Upstream names the item twice.
    if (problem !== undefined) return `failed parsing port '${item}': ${problem}`;
  }
  return undefined;
}
