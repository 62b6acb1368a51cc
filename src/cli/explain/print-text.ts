/** Explanations for people. Exports: {@link explanationText}. */
import type {
  ChainStep,
  Explanation,
  LabelOutcome,
  Mistake,
  Outcome,
  PodOutcome,
  Remedy,
} from '../../explain/explanation.ts';
import { objectText } from '../../explain/object-name.ts';
import { table } from '../diagnose/table.ts';

const codes = { red: 31, green: 32, yellow: 33, bold: 1, dim: 2 } as const;

/** Paints a text, or leaves it as it is. */
type Paint = (colour: keyof typeof codes, text: string) => string;

/** So many pods are listed before the rest is counted. */
const mostPods = 50;
/** Values such as the status annotation are long. */
const longestValue = 80;

/** The whole answer, with a line break at its end. */
export function explanationText(told: Explanation, colour: boolean): string {
  const explanation = printable(told);
  const paint: Paint = (name, text) =>
    colour && text !== '' ? `\u001b[${codes[name]}m${text}\u001b[0m` : text;
  const { outcome, summary, source, chain, mistakes, assumptions } = explanation;
  const where = paint('dim', at(source));
  const lines = [`${mark(outcome, paint)} ${paint('bold', summary)}${where}`, ''];
  for (const text of assumptions) lines.push(`  ${paint('yellow', '?')} ${text}`);
  if (assumptions.length > 0) lines.push('');
  chain.forEach((step, index) => {
    lines.push(...stepLines(step, index + 1, paint));
  });
  lines.push(...resultLines(explanation));
  if (mistakes.length > 0) {
    lines.push('', `  ${paint('bold', 'Mistakes noticed')}`);
    for (const mistake of mistakes) lines.push(...mistakeLines(mistake, paint));
  }
  if (explanation.byLabels !== undefined) lines.push('', ...labelLines(explanation.byLabels));
  if (explanation.pods !== undefined && explanation.pods.length > 0) {
    lines.push('', ...podLines(explanation.pods, paint));
  }
  return `${lines.join('\n')}\n`;
}

function mark(outcome: Outcome, paint: Paint): string {
  return outcome === 'injected' ? paint('green', '✓') : paint('red', '✗');
}

/** Editors and terminals make a link of it. */
function at(source: string | undefined): string {
  return source === undefined ? '' : `  (${source})`;
}

function stepLines(step: ChainStep, number: number, paint: Paint): string[] {
  const marks = { inject: paint('green', '✓'), skip: paint('red', '✗'), 'no opinion': '·' };
  const { object, field, value } = step;
  const shown = value === null ? ' is not set' : ` is ${JSON.stringify(shortened(value))}`;
  // The selectors may well be there; it is a match that is missing.
  const seen = step.reason === 'selector-no-match' ? '' : shown;
  return [
    `  ${String(number).padStart(2)} ${marks[step.outcome]} ${step.message}`,
    paint('dim', `       ${objectText(object)}: ${field}${seen}${at(step.source)}`),
    ...step.remedies.flatMap((remedy) => remedyLines(remedy, paint)),
  ];
}

function mistakeLines(mistake: Mistake, paint: Paint): string[] {
  const { code, message, object, field, source, remedies } = mistake;
  const where = field === undefined ? objectText(object) : `${objectText(object)}: ${field}`;
  return [
    `   ${paint('yellow', '!')} ${message}`,
    paint('dim', `       ${where}${at(source)}  [${code}]`),
    ...remedies.flatMap((remedy) => remedyLines(remedy, paint)),
  ];
}

function remedyLines({ text, command, yaml }: Remedy, paint: Paint): string[] {
  const colon = command === undefined && yaml === undefined ? '' : ':';
  const lines = [`       → ${text}${colon}`];
  if (command !== undefined) lines.push(`           ${paint('bold', command)}`);
  else if (yaml !== undefined)
    lines.push(`           in ${yaml.path}: ${paint('bold', yaml.line)}`);
  return lines;
}

function resultLines({ templates, revision, containers, outcome }: Explanation): string[] {
  if (outcome !== 'injected') return [];
  const facts = [
    revision === undefined ? undefined : `revision ${revision}`,
    templates === undefined ? undefined : `templates ${templates.join(', ')}`,
    containers &&
      `containers in the order in which they start: ${containers.map(startText).join(', ')}`,
  ].filter((fact) => fact !== undefined);
  return facts.length === 0 ? [] : ['', ...facts.map((fact) => `  ${fact}`)];
}

function startText({ name, kind }: { readonly name: string; readonly kind: string }): string {
  return kind === 'container' ? name : `${name} (${kind})`;
}

function labelLines(rows: readonly LabelOutcome[]): string[] {
  return indented([
    ['LABELS OF A POD', 'OUTCOME', 'REVISION', 'REASON'],
    ...rows.map((row) => [row.labels || '(none)', row.outcome, row.revision ?? '-', row.reason]),
  ]);
}

function podLines(pods: readonly PodOutcome[], paint: Paint): string[] {
  const shown = indented([
    ['POD', 'NOW', 'MADE ANEW', 'REASON'],
    ...pods
      .slice(0, mostPods)
      .map(({ name, outcome, now, reason }) => [name, outcome, now, reason]),
  ]);
  const more = pods.length - mostPods;
  return more > 0 ? [...shown, paint('dim', `  and ${more} more`)] : shown;
}

function indented(rows: readonly (readonly string[])[]): string[] {
  return table(rows)
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`);
}

function shortened(value: string): string {
  return value.length > longestValue ? `${value.slice(0, longestValue)}…` : value;
}

/** Names and values come out of manifests and clusters: nothing in them may give orders to a terminal. */
function printable<Value>(value: Value): Value {
  if (typeof value === 'string') {
    const escaped = (character: string) =>
      `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
    return value.replace(/\p{Cc}/gu, escaped) as Value;
  }
  if (Array.isArray(value)) return value.map(printable) as Value;
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, printable(member)]);
  return Object.fromEntries(members) as Value;
}
