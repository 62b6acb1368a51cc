import { OutriggerError } from '../../errors.ts';
import type { Explanation } from '../../explain/explanation.ts';
import type { CliContext } from '../context.ts';
import { notInjected } from '../exit-codes.ts';
import { explainFiles } from './explain-files.ts';
import type { ExplainOptions } from './explain-options.ts';
import type { explainTargets as ExplainTargets } from './explain-targets.ts';
import { explanationText } from './print-text.ts';

/**
 * Explains what is named, and ends with 1 when something of it has no sidecar.
 *
 * @param words objects of a cluster; without any, files are explained
 * @throws OutriggerError or AggregateError of them
 */
export async function runExplain(
  words: readonly string[],
  options: ExplainOptions,
  context: CliContext,
): Promise<void> {
  if (words.length > 0 && options.filename !== undefined) {
    throw new OutriggerError('OUTRIGGER_USAGE', 'name either objects or files, not both');
  }
  const notes = new Set<string>();
  const note = (text: string) => void notes.add(text);
  const explanations =
    words.length === 0
      ? await explainFiles(options, context, note)
      : await explainCluster(words, options, context, note);
  context.stdout.write(await printed(explanations, options, context));
  for (const text of notes) context.stderr.write(`Note: ${text}\n`);
  if (explanations.some(({ outcome }) => outcome !== 'injected')) context.exitCode = notInjected;
}

async function explainCluster(...args: Parameters<typeof ExplainTargets>): Promise<Explanation[]> {
  // With everything that it takes to talk to a cluster.
  const { explainTargets } = await import('./explain-targets.ts');
  return explainTargets(...args);
}

async function printed(
  explanations: readonly Explanation[],
  { output = 'text' }: ExplainOptions,
  { stdoutColour = false }: CliContext,
): Promise<string> {
  if (output === 'text') {
    return explanations.map((one) => explanationText(one, stdoutColour)).join('\n');
  }
  const list = { version: 1, items: explanations };
  if (output === 'json') return `${JSON.stringify(list, null, 2)}\n`;
  const { explanationsYaml } = await import('./print-yaml.ts');
  return explanationsYaml(list);
}
