import { OutriggerError } from '../../errors.ts';
import type { JsonValue } from '../../json.ts';
import { firstDifference } from '../../json-equal.ts';
import { locate } from '../source/locate.ts';
import type { SourceNode } from '../source/source-node.ts';
import { alignItems } from './align-items.ts';
import { reconcile } from './reconcile.ts';
import { StandIns } from './stand-ins.ts';
import { applyTextEdits, type TextEdit } from './text-edits.ts';
import { readStyle } from './text-style.ts';

/** After so many attempts at smaller edits the whole document is written anew. */
const maxAttempts = 12;

/** A changed text, and how it came from the one before. */
export interface RewrittenText {
  readonly text: string;
  /** In any order; they do not overlap. */
  readonly edits: readonly TextEdit[];
}

/**
 * Changes a YAML or JSON text that means `before` into one that means `after`. Only what differs is
 * written: comments, order, quotes, indentation and every other line stay.
 *
 * The result is read back with `parse` and compared; new blocks are left out of that where it is certain what they
 * are read as ({@link StandIns}). Where an edit does not come out right (anchors that
 * are used elsewhere, merge keys), the smallest collection around it is written anew, in the worst case
 * all of the document. So the meaning is always right, and only the looks may suffer.
 *
 * @param parse reads a text as the caller read `before`; it may throw
 */
export function rewriteText(
  text: string,
  before: JsonValue,
  after: JsonValue,
  parse: (text: string) => JsonValue,
): string {
  return rewriteWithEdits(text, before, after, parse).text;
}

/** As {@link rewriteText}, and tells the edits. */
export function rewriteWithEdits(
  text: string,
  before: JsonValue,
  after: JsonValue,
  parse: (text: string) => JsonValue,
): RewrittenText {
  if (!firstDifference(before, after)) return { text, edits: [] };
  const json = isJson(text);
  const root = locate(text, (key) => plainKey(key, parse));
  if (root === undefined) throw unwritable();

  const ownStyle = readStyle(text, root, json);
  const aliases = text.includes('*') && hasAlias(root);
  const fit = !aliases && StandIns.fit(text);
  const forced = new Set<SourceNode>();
  const attempt = (): RewrittenText | Problem => {
    const edits: TextEdit[] = [];
    const first = forced.size === 0;
    const standIns = first && fit ? new StandIns() : undefined;
    // A block scalar may swallow a comment below it; on second thoughts there are none.
    const style = first ? ownStyle : { ...ownStyle, literals: false };
    const anchored = new Map();
    const work = { text, style, edits, standIns, forced, aliases, anchored, visit: reconcile };
    reconcile(work, root, before, after, { kind: 'root' });
    const result = applyTextEdits(text, edits);
    if (result === undefined) return 'overlap';
    const problem = compare(standIns?.shortText(text, edits) ?? result, after, parse, standIns);
    return problem ?? { text: result, edits };
  };

  for (let attempts = 0; attempts < maxAttempts && !forced.has(root); attempts++) {
    const result = attempt();
    if (isRewritten(result)) return result;
    const path = Array.isArray(result) ? result : (firstDifference(before, after) ?? []);
    forceNext(root, before, after, path, forced);
  }
  forced.clear();
  forced.add(root);
  const result = attempt();
  if (isRewritten(result)) return result;
  throw unwritable();
}

/** Where a text differs from what it should mean; `unreadable` when it cannot be read at all. */
type Problem = (string | number)[] | 'overlap' | 'unreadable';

function isRewritten(result: RewrittenText | Problem): result is RewrittenText {
  return typeof result === 'object' && !Array.isArray(result);
}

/** Words and numbers of YAML that turn into another text when they are keys. */
const changingKey = /^(?:[-+.~0-9]|(?:y|n|yes|no|on|off|true|false|null)$)/i;

function plainKey(key: string, parse: (text: string) => JsonValue): string | undefined {
  if (!changingKey.test(key)) return key;
  try {
    return Object.keys(parse(`${key}: 0`) ?? {})[0];
  } catch {
    return undefined;
  }
}

function isJson(text: string): boolean {
  if (!/^\ufeff?\s*[{[]/.test(text)) return false;
  try {
    JSON.parse(text.replace(/^\ufeff/, ''));
    return true;
  } catch {
    return false;
  }
}

function hasAlias(node: SourceNode): boolean {
  if (node.kind === 'alias') return true;
  if (node.kind === 'map') return node.entries.some(({ value }) => hasAlias(value));
  return node.kind === 'list' && node.items.some(({ value }) => hasAlias(value));
}

/** What is wrong with a text, if anything is. */
function compare(
  text: string,
  after: JsonValue,
  parse: (text: string) => JsonValue,
  standIns: StandIns | undefined,
): Problem | undefined {
  let value: JsonValue;
  try {
    value = parse(text);
  } catch {
    return 'unreadable';
  }
  return standIns ? standIns.firstDifference(after, value) : firstDifference(after, value);
}

/**
 * Marks a node on the path to a difference to be written anew: the deepest one at first, the one around it
 * when that has been tried.
 */
function forceNext(
  root: SourceNode,
  before: JsonValue,
  after: JsonValue,
  path: readonly (string | number)[],
  forced: Set<SourceNode>,
): void {
  const chain = [root];
  let node: SourceNode | undefined = root;
  let oldValue: JsonValue | undefined = before;
  let newValue: JsonValue | undefined = after;
  for (const step of path) {
    if (node?.kind === 'map' && typeof step === 'string') {
      node = node.entries.findLast(({ key }) => key === step)?.value;
      oldValue = memberOf(oldValue, step);
      newValue = memberOf(newValue, step);
    } else if (node?.kind === 'list' && Array.isArray(oldValue) && Array.isArray(newValue)) {
      const kept = alignItems(oldValue, newValue).find(
        (candidate) => candidate.kind === 'keep' && candidate.after === step,
      );
      const index = kept?.kind === 'keep' ? kept.before : -1;
      node = node.items[index]?.value;
      oldValue = oldValue[index];
      newValue = newValue[Number(step)];
    } else {
      node = undefined;
    }
    if (!node) break;
    chain.push(node);
  }
  const tried = chain.findIndex((candidate) => forced.has(candidate));
  forced.add(chain[tried < 0 ? chain.length - 1 : Math.max(0, tried - 1)] ?? root);
}

function memberOf(value: JsonValue | undefined, key: string): JsonValue | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

/** There is no JSON that cannot be written; this is in case we are wrong about that. */
function unwritable(): OutriggerError {
  return new OutriggerError('OUTRIGGER_MANIFEST', 'the result cannot be written as YAML', {
    hint: 'Please report this with the manifest; nothing was written.',
  });
}
